import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findBrowser } from '#scripts/find-browser.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { app } from './app.ts'
import { tell } from './tell.ts'

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--remote-debugging-port=0',
]

let launched: Promise<BrowserContext> | undefined

/** The one Chromium of this process, with its data in `userData`. A test may join it at the address that is told. */
export function browserContext(): Promise<BrowserContext> {
  launched ??= launch()
  return launched
}

async function launch(): Promise<BrowserContext> {
  const folder = app.getPath('userData')
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findBrowser(),
    headless: true,
    chromiumSandbox: false,
    args: FLAGS,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
  })
  app.closeBrowser = () => context.close()
  tell('browser', { cdp: `http://127.0.0.1:${await debuggingPort(folder)}` })
  return context
}

/** Chromium writes the port that it picked into its folder, a moment after it has started. */
function debuggingPort(folder: string): Promise<string> {
  return waitFor('the debugging port', async () => {
    const text = await readFile(join(folder, 'DevToolsActivePort'), 'utf8').catch(() => '')
    return text.split('\n')[0] || undefined
  })
}
