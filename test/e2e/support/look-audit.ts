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
    // What is half below the foot of something that scrolls can be scrolled out of there.
    const isScrolledUnder = ({ target, failureSummary = '' }: axe.NodeResult) => {
      if (!failureSummary.includes('partially obscured')) return false
      let element = document.querySelector(String(target[0]))
      while (element !== null && element.scrollHeight <= element.clientHeight + 1) element = element.parentElement
      return element !== null
    }
    return found.violations.flatMap(({ id, nodes }) =>
      nodes
        .filter((node) => !isScrolledUnder(node))
        .map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`.replaceAll('\n', ' ')),
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

/**
 * What is told by colour alone, or cannot be seen, where the system takes all colours away: a status without its icon
 * or its word, a button without an edge, a choice that does not stand out, a focus without a ring.
 */
export async function forcedColourFindings(page: Page): Promise<readonly Finding[]> {
  await page.emulateMedia({ forcedColors: 'active' })
  const found = await page.evaluate(() => {
    const seen = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      )
    const name = (element: Element) => element.outerHTML.slice(0, 120)
    const hasEdge = ({ borderTopStyle, borderTopWidth, outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
      (borderTopStyle !== 'none' && borderTopWidth !== '0px') || (outlineStyle !== 'none' && outlineWidth !== '0px')
    const edgeless = (selector: string) => seen(selector).filter((element) => !hasEdge(getComputedStyle(element)))
    const focused = document.activeElement
    // Where the focus rests while nothing is chosen, or where a mouse has put it, there is nothing to see.
    const isResting =
      focused === null ||
      focused === document.body ||
      !focused.matches(':focus-visible') ||
      focused.matches('[data-rest]')
    const rings = (element: Element | null): boolean =>
      element !== null && (hasEdge(getComputedStyle(element)) || rings(element.parentElement))
    return [
      ...seen('[data-tone][data-state], [data-health], [role="status"][data-tone]')
        .filter((status) => status.querySelector('svg') === null || status.innerText.trim() === '')
        .map((status) => `a status without icon or word: ${name(status)}`),
      // The cross that empties a field is a sign inside the field's own edge.
      ...edgeless('button:not(.ant-input-clear-icon)').map((button) => `a button without an edge: ${name(button)}`),
      ...edgeless('[aria-selected="true"], .ant-segmented-item-selected, [aria-pressed="true"]').map(
        (chosen) => `a choice that does not stand out: ${name(chosen)}`,
      ),
      ...(isResting || rings(focused) ? [] : [`a focus without a ring: ${name(focused)}`]),
    ]
  })
  await page.emulateMedia({ forcedColors: 'none' })
  return found
}

/** What lies outside the window and cannot be scrolled to; of a page that is no taller than its window. */
export function cutFindings(page: Page): Promise<readonly Finding[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('h1, p, b, figure, svg')]
      .filter((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect()
        return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight
      })
      .map((element) => `cut: ${element.outerHTML.slice(0, 120)}`),
  )
}
