import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { provideBrowser } from './find-browser.ts'
import { BROWSER_FLAGS } from './lib/browser-flags.ts'
import { buildIfStale } from './lib/build.ts'
import { DISPLAY_SIZES } from './lib/picture-display.ts'
import { ROOT } from './lib/project.ts'
import { SCENES } from './lib/scenes.ts'
import { smallPng } from './lib/small-png.ts'

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
] as const
/** Files written this time. */
const taken = new Set<string>()
const THEMES = ['light', 'dark'] as const

if (!(await buildIfStale())) process.exit(1)
const browser = await chromium.launch({
  executablePath: await provideBrowser(),
  headless: true,
  args: [...BROWSER_FLAGS],
})
try {
  mkdirSync(FOLDER, { recursive: true })
  for (const scene of SCENES) {
    if (scene.groups.some(isGroupWanted)) {
      await scene.play({
        browser,
        pictureOf: () => picture,
        onDisplay: pictureOfDisplay,
        paper: pictureOnPaper,
        isWanted: isGroupWanted,
      })
    }
  }
  removeOthers()
} finally {
  await browser.close()
}

function isGroupWanted(group: string): boolean {
  return WANTED.length === 0 || WANTED.some((start) => start.startsWith(group))
}

/** What is no state any more. Only after all were taken: the window is built with those that the handbook shows. */
function removeOthers(): void {
  for (const name of readdirSync(FOLDER)) {
    const isPicture = /-(800|1366|1920)-(light|dark)\.png$/.test(name)
    if (isPicture && isWanted(name) && !taken.has(name)) rmSync(join(FOLDER, name))
  }
}

/** The display at its own sizes, in both colours of the system. */
async function pictureOfDisplay(page: Page, name: string): Promise<void> {
  if (!isWanted(name)) return
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme })
    await pictureAt(page, name, DISPLAY_SIZES, theme)
  }
  process.stdout.write(`${name}\n`)
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
    // Before the settings have come the page wears the system's theme, and says nothing of it.
    await page.waitForFunction((wanted) => ['', wanted].includes(document.documentElement.style.colorScheme), theme)
    await pictureAt(page, name, SIZES, theme)
  }
  // What happens next happens at the size that shows the least.
  await page.setViewportSize(SIZES[0])
  process.stdout.write(`${name}\n`)
}

async function pictureAt(
  page: Page,
  name: string,
  sizes: typeof SIZES | typeof DISPLAY_SIZES,
  theme: string,
): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    const png = await page.screenshot({ animations: 'disabled' })
    const file = `${name}-${size.width}-${theme}.png`
    writeFileSync(join(FOLDER, file), smallPng(png))
    taken.add(file)
  }
}
