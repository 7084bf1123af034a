import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { findBrowser } from '#scripts/find-browser.ts'
import { BROWSER_FLAGS } from '#scripts/lib/browser-flags.ts'
import { recordSteps } from './step-record.ts'

export interface OpenOptions {
  /** Console errors that the test brings about itself: a browser reports every request to a server that is gone. */
  readonly expectedErrors?: RegExp
  readonly colorScheme?: 'light' | 'dark'
}

export interface TestBrowser {
  /** A fresh tab that shares nothing with others. What the page must never do is asserted when the test ends. */
  open(url: string, options?: OpenOptions): Promise<Page>
}

/** One browser for the tests of a file. */
export function browserForFile(): TestBrowser {
  let browser: Browser | undefined
  beforeAll(async () => {
    const executablePath = findBrowser()
    if (executablePath === undefined) throw new Error('no Chrome, Edge or Chromium on this machine')
    browser = await chromium.launch({ executablePath, headless: true, args: [...BROWSER_FLAGS] })
  })
  afterAll(() => browser?.close())
  return {
    async open(url, options = {}) {
      if (browser === undefined) throw new Error('the browser is not running')
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        colorScheme: options.colorScheme ?? 'light',
      })
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      const misdeeds = watch(page, new URL(url).origin, options.expectedErrors)
      await page.addInitScript(recordSteps)
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await keepPicture(page, task.name)
        await context.close()
        expect(misdeeds).toEqual([])
      })
      await page.goto(url)
      return page
    },
  }
}

/** What the page looked like when its test failed. */
async function keepPicture(page: Page, testName: string): Promise<void> {
  if (page.isClosed()) return
  await page.screenshot({ path: `test-results/e2e/${testName.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png` })
}

/** Console errors (a CSP violation is one), uncaught exceptions, dialogs, and requests to any other origin. */
function watch(page: Page, origin: string, expectedErrors: RegExp | undefined): readonly string[] {
  const misdeeds: string[] = []
  page.on('console', (message) => {
    const text = `${message.type()}: ${message.text()}`
    if (message.type() === 'error' && expectedErrors?.test(text) !== true) misdeeds.push(text)
  })
  page.on('pageerror', (error) => misdeeds.push(`exception: ${error.message}`))
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) misdeeds.push(`request to ${url.origin}`)
  })
  return misdeeds
}
