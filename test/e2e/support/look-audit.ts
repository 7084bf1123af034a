import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What a person with other eyes or hands, or another screen, could not use: where it is and what is wrong. */
export type Finding = string

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** WCAG 2.2 AA as far as a program can tell: contrast, names, roles, sizes of targets. */
export async function axeFindings(page: Page): Promise<readonly Finding[]> {
  // Through the debugger, which the page's own Content-Security-Policy does not bind.
  await page.evaluate(`${axe.source}; void 0`)
  const violations = await page.evaluate(async (tags) => {
    // The script above put it there.
    const { axe: inPage } = window as unknown as { axe: typeof axe }
    const found = await inPage.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`.replaceAll('\n', ' ')),
    )
  }, RULES)
  return violations
}

/** What would have to be scrolled sideways. */
export function widthFindings(page: Page): Promise<readonly Finding[]> {
  return page.evaluate(() => {
    const { documentElement } = document
    const page = documentElement.scrollWidth > window.innerWidth ? ['the page is wider than the window'] : []
    const scrolled = [...document.querySelectorAll('*')].filter((element) => {
      const { overflowX } = getComputedStyle(element)
      return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + 1
    })
    return [...page, ...scrolled.map((element) => `scrolls sideways: ${element.outerHTML.slice(0, 120)}`)]
  })
}
