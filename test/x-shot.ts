import { chromium } from 'playwright-core'
import { BROWSER_FLAGS } from '#scripts/lib/browser-flags.ts'
import { standingClock, startDemoDesk } from '#scripts/lib/demo-desk.ts'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
const folder = tempFolder()
const desk = await startDemoDesk(folder.path, undefined, standingClock())
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: [...BROWSER_FLAGS] })
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
await page.goto(desk.url)
await page.waitForTimeout(1500)
await page.keyboard.press('Alt+1')
await page.waitForTimeout(800)
await page.keyboard.press('F1')
await page.waitForTimeout(500)
await page.screenshot({ path: '/tmp/help.png' })
await page.keyboard.press('Enter')
await page.waitForTimeout(1200)
await page.screenshot({ path: '/tmp/handbook.png' })
await browser.close()
await desk.close()
process.exit(0)
