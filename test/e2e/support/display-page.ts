import { expect, onTestFinished } from 'vitest'
import type { CounterPage } from './counter-page.ts'
import { ScreenPage } from './screen-page.ts'

/** A browser reports every request to a desk that a test has ended. */
const BROKEN_LINK = /^Failed to load resource/

/** The patient's display as it is opened from the counter, and everything that came to it over the wire. */
export class PatientDisplay extends ScreenPage {
  readonly #received: Promise<string>[] = []

  static async open(counter: CounterPage): Promise<PatientDisplay> {
    const [page] = await Promise.all([counter.page.context().waitForEvent('page'), counter.at('open-display').click()])
    const display = new PatientDisplay(page)
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on(
      'console',
      (message) => message.type() === 'error' && !BROKEN_LINK.test(message.text()) && wrong.push(message.text()),
    )
    onTestFinished(() => expect(wrong).toEqual([]))
    page.on('response', (response) => {
      if (response.url().includes('/assets/')) return
      display.#received.push(response.text().catch(() => ''))
    })
    // Events are read as they come; their response is never at an end.
    await page.addInitScript(keepEvents)
    await page.reload()
    return display
  }

  async step(wanted: string): Promise<void> {
    await this.becomes(() => this.at('display-payment').getAttribute('data-step'), wanted)
  }

  async isIdle(): Promise<void> {
    await this.at('display-idle').waitFor()
  }

  /** All text and attributes of the page, and all that it was sent. */
  async everything(): Promise<string> {
    const events = await this.page.evaluate(() => (Reflect.get(globalThis, 'keptEvents') as string[]).join(''))
    const answers = await Promise.race([Promise.all(this.#received), pause()])
    return [await this.page.content(), events, ...(answers ?? [])].join('\n')
  }
}

/** The stream of events does not end while the page is open. */
function pause(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), 500))
}

/** In the page: keeps what the event stream brings. */
function keepEvents(): void {
  const kept: string[] = []
  Reflect.set(globalThis, 'keptEvents', kept)
  const decode = TextDecoderStream
  globalThis.TextDecoderStream = class extends decode {
    constructor() {
      super()
      const readable = this.readable.pipeThrough(
        new TransformStream<string, string>({
          transform(chunk, controller) {
            kept.push(chunk)
            controller.enqueue(chunk)
          },
        }),
      )
      Object.defineProperty(this, 'readable', { value: readable })
    }
  }
}
