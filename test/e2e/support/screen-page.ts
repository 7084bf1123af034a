import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const PATIENCE = { timeout: 15_000, interval: 25 }

/** Any screen as a person sees it. Every look waits until it is so, or fails with what is there instead. */
export class ScreenPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** To a screen, by its tab. */
  async goTo(id: string): Promise<void> {
    await this.at(`nav-${id}`).click()
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  async shows(testId: string, words: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(testId), PATIENCE).toMatch(words)
  }

  async text(testId: string): Promise<string> {
    return (await this.at(testId).innerText()).replace(/\s+/g, ' ').trim()
  }

  async hasNone(testId: string): Promise<void> {
    await expect.poll(() => this.at(testId).count(), PATIENCE).toBe(0)
  }

  async becomes(look: () => Promise<unknown>, wanted: unknown): Promise<void> {
    await expect.poll(look, PATIENCE).toEqual(wanted)
  }
}
