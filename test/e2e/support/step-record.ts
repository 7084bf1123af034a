import type { Page } from 'playwright-core'

/** One moment of the counter: the step of its card, and the line for the patient. */
export interface StepSeen {
  readonly step: string
  readonly said: string
}

interface RecordingWindow {
  stepsSeen: StepSeen[]
}

/**
 * Runs in the page, before its own scripts: writes down every step that the card ever showed, so that a short one is
 * not missed between two looks.
 */
export function recordSteps(): void {
  const seen: StepSeen[] = []
  Object.assign(window, { stepsSeen: seen })
  const look = () => {
    const step = document.querySelector<HTMLElement>('[data-testid="counter"]')?.dataset.step
    const said = document.querySelector('[data-testid="say-to-patient"] strong')?.textContent
    if (step === undefined || said === undefined || said === null) return
    const last = seen.at(-1)
    if (last?.step !== step || last.said !== said) seen.push({ step, said })
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['data-step'],
  })
}

/** Every step of the counter since the page was opened, as `step：line for the patient`. */
export async function stepsSeen(page: Page): Promise<readonly string[]> {
  // recordSteps put it there.
  const seen = await page.evaluate(() => (window as unknown as RecordingWindow).stepsSeen)
  return seen.map(({ step, said }) => `${step}：${said}`)
}
