import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser } from '#scripts/find-browser.ts'
import { BROWSER_FLAGS } from '#scripts/lib/browser-flags.ts'

export const NO_BROWSER = 'no Chrome, Edge or Chromium on this machine'
/** A browser and the desk's process otherwise wait for the processor most of the time. */
export const ALONE = 'needs a machine that does nothing else'

/** A real Chromium without a window: what it draws, it draws with the processor. @returns undefined where there is none. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = findBrowser()
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, headless: true, args: [...BROWSER_FLAGS] })
}

/** A tab that shares nothing with others, neither cookies nor cache. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(60_000)
  return context.newPage()
}
