import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { scan } from './scanner.ts'

/** The simulated hospital's charges by their serial; each day they wait anew. */
export const CHARGES = {
  /** 周知行: 166.45 inside the catalogue and 98.50 outside. */
  usual: '000102',
  /** 沈砚秋: sixty fee lines. */
  sixtyLines: '000105',
  /** 古丽·阿卜杜热西提·买买提. */
  longName: '000104',
  /** 苏木兰, of a department whose name fills more than a line. */
  longDepartment: '000110',
  /** 林小满. */
  other: '000101',
} as const

/** Of another patient, or of the same one who has refreshed the code: the same code at once again is one scan. */
export const OTHER_EC_TOKEN = EC_TOKEN.replace('795f', '820a')

/** A slow machine under load may need longer; nothing here is about speed. */
const PATIENCE = { timeout: 15_000, interval: 25 }

/** The counter as a cashier sees it. Every look waits until it is so, or fails with what is there instead. */
export class CounterPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  async choose(serial: string): Promise<void> {
    await this.page.locator(`[data-testid^="charge-row-"][data-testid$="${serial}"]`).click()
    await this.step('scan')
  }

  /** The order number of the open charge. */
  async number(serial: string): Promise<string> {
    const testId = await this.page
      .locator(`[data-testid^="charge-row-"][data-testid$="${serial}"]`)
      .getAttribute('data-testid')
    return (testId ?? '').replace('charge-row-', '')
  }

  /** From the list to the code that the patient scans. @returns the order number. */
  async upload(serial: string, ecToken = EC_TOKEN): Promise<string> {
    await this.choose(serial)
    await this.scanAndUpload(ecToken)
    await this.step('paying')
    return this.number(serial)
  }

  async scanAndUpload(ecToken = EC_TOKEN): Promise<void> {
    await scan(this.page, ecToken)
    await this.step('confirm')
    await this.page.keyboard.press('F10')
  }

  async step(wanted: string, withinMs = PATIENCE.timeout): Promise<void> {
    const look = () => this.at('counter').getAttribute('data-step')
    await expect.poll(look, { ...PATIENCE, timeout: withinMs, message: 'step of the card' }).toBe(wanted)
  }

  async orderState(wanted: string): Promise<void> {
    await expect.poll(() => this.at('order-state').getAttribute('data-state'), PATIENCE).toBe(wanted)
  }

  async says(line: string): Promise<void> {
    await this.shows('say-to-patient', line)
  }

  async shows(testId: string, words: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(testId), PATIENCE).toMatch(words)
  }

  /** The words as a person sees them: what is hidden by style does not count, line breaks do not matter. */
  async text(testId: string): Promise<string> {
    return (await this.at(testId).innerText()).replace(/\s+/g, ' ').trim()
  }

  async focusRests(testId: string): Promise<void> {
    const look = () => this.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
    await expect.poll(look, { ...PATIENCE, message: 'what has the focus' }).toBe(testId)
  }

  async hasNone(testId: string): Promise<void> {
    await expect.poll(() => this.at(testId).count(), PATIENCE).toBe(0)
  }

  /** Enabled buttons that could send money: none of them may be there while an outcome is unknown. */
  async enabledMoneyButtons(): Promise<readonly string[]> {
    const ids = ['confirm-upload', 'revoke-order', 'revoke-confirm', 'simulate-scan']
    const enabled = await Promise.all(
      ids.map(async (id) => (await this.page.locator(`[data-testid="${id}"]:enabled`).count()) > 0),
    )
    return ids.filter((_, index) => enabled[index])
  }

  /** What the cashier must see at a glance stands inside the window, with all of its own text. */
  async nothingIsCut(testIds: readonly string[]): Promise<void> {
    for (const testId of testIds) {
      for (const element of await this.at(testId).all()) {
        const found = await element.evaluate((node) => {
          const { left, right, top, bottom } = node.getBoundingClientRect()
          const inside = left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight
          return { inside, whole: node.scrollWidth <= node.clientWidth + 1 || node.clientWidth === 0 }
        })
        expect({ testId, ...found }).toEqual({ testId, inside: true, whole: true })
      }
    }
  }

  /** Everything fits the window: nothing to scroll sideways. */
  async fitsTheWindow(): Promise<void> {
    const { needed, there } = await this.page.evaluate(() => ({
      needed: document.documentElement.scrollWidth,
      there: window.innerWidth,
    }))
    expect(needed).toBeLessThanOrEqual(there)
  }
}
