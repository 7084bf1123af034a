import type { Page } from 'playwright-core'

interface WatchedWindow {
  mouseSeen: string[]
}

/** Runs in the page, before its own scripts: writes down what only a mouse does. A click by a key has no detail. */
function watchMouse(): void {
  const seen: string[] = []
  Object.assign(window, { mouseSeen: seen })
  for (const type of ['mousedown', 'pointerdown', 'mousemove', 'wheel', 'click'] as const) {
    document.addEventListener(
      type,
      (event) => {
        if (type !== 'click' || event.detail > 0) seen.push(type)
      },
      { capture: true },
    )
  }
}

/** From the next page on, every mouse event is written down. */
export async function unplugMouse(page: Page): Promise<void> {
  await page.addInitScript(watchMouse)
  await page.reload()
}

export async function mouseSeen(page: Page): Promise<readonly string[]> {
  // watchMouse put it there.
  return page.evaluate(() => (window as unknown as WatchedWindow).mouseSeen)
}

/** Tab until this has the focus; fails where it cannot be come to. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 150; pressed += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
  }
  throw new Error(`Tab never comes to ${selector}`)
}

/** What has the focus, and whether a person sees that it has. */
export interface FocusStop {
  readonly name: string
  readonly isVisible: boolean
}

/** One round of Tab through a screen, until it comes back to where it began; at most so many stops. */
export async function walkTab(page: Page, atMost = 200): Promise<readonly FocusStop[]> {
  const stops: FocusStop[] = []
  for (let pressed = 0; pressed < atMost; pressed += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus)
    if (stops[0]?.name === stop.name) return stops
    // Between the last thing of the page and the first stands the browser's own frame.
    if (stop.name !== NOTHING) stops.push(stop)
  }
  return stops
}

const NOTHING = 'nothing'

/** Runs in the page. The ring may be drawn by the thing itself or by the frame of a field around it. */
function lookAtFocus(): FocusStop {
  const element = document.activeElement
  if (element === null || element === document.body) return { name: 'nothing', isVisible: false }
  const path: Element[] = []
  for (let node: Element | null = element; node !== null && path.length < 5; node = node.parentElement) path.push(node)
  const isVisible = path.some((node) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  })
  const tag = element.tagName.toLowerCase()
  const label = element.getAttribute('data-testid') ?? element.getAttribute('aria-label') ?? element.textContent ?? ''
  const all = [...document.querySelectorAll(tag)]
  return { name: `${tag} ${all.indexOf(element)} ${label.slice(0, 30)}`, isVisible }
}
