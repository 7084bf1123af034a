import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { provideBrowser } from './find-browser.ts'
import { BROWSER_FLAGS } from './lib/browser-flags.ts'
import { buildIfStale } from './lib/build.ts'
import { standingClock, startDemoDesk } from './lib/demo-desk.ts'
import { pictureDisplay } from './lib/picture-display.ts'
import { ROOT } from './lib/project.ts'
import { SCENES } from './lib/scenes.ts'
import { smallPng } from './lib/small-png.ts'
import { tempFolder } from './lib/temp-folder.ts'

/**
 * `npm run screenshots`: every state of the screens into docs/images, at two sizes, light and dark. With names behind
 * `--`, only the groups and pictures that begin so: `npm run screenshots -- bills settings`.
 */

const WANTED = process.argv.slice(2)
const isWanted = (name: string) => WANTED.length === 0 || WANTED.some((start) => name.startsWith(start))

const FOLDER = join(ROOT, 'docs', 'images')
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]
const THEMES = ['light', 'dark'] as const

if (!(await buildIfStale())) process.exit(1)
const browser = await chromium.launch({
  executablePath: await provideBrowser(),
  headless: true,
  args: [...BROWSER_FLAGS],
})
try {
  clearFolder()
  for (const scene of SCENES) {
    if (scene.groups.some(isGroupWanted)) {
      await scene.play({ browser, pictureOf: () => picture, paper: pictureOnPaper, isWanted: isGroupWanted })
    }
  }
  if (isGroupWanted('display')) await pictureDisplays()
} finally {
  await browser.close()
}

function isGroupWanted(group: string): boolean {
  return WANTED.length === 0 || WANTED.some((start) => start.startsWith(group))
}

function clearFolder(): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const name of readdirSync(FOLDER)) {
    if (isWanted(name) && /-(800|1366|1920)-(light|dark)\.png$/.test(name)) rmSync(join(FOLDER, name))
  }
}

/** What the patient sees; it has sizes and a theme of its own. */
async function pictureDisplays(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await pictureDisplay(browser, desk, clock, FOLDER)
  await desk.close()
}

/** As wide as the paper between its margins. */
async function pictureOnPaper(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 272, height: 560 })
  writeFileSync(join(FOLDER, `${name}.png`), smallPng(await page.screenshot({ fullPage: true })))
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: 1366, height: 768 })
  process.stdout.write(`${name}\n`)
}

/** The same state at every size and in both themes, with the mouse where it points at nothing. */
async function picture(page: Page, name: string): Promise<void> {
  if (!isWanted(name)) return
  await page.mouse.move(0, 0)
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.waitForFunction((wanted) => document.documentElement.style.colorScheme === wanted, theme)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      const png = await page.screenshot({ animations: 'disabled' })
      writeFileSync(join(FOLDER, `${name}-${size.width}-${theme}.png`), smallPng(png))
    }
  }
  process.stdout.write(`${name}\n`)
}
