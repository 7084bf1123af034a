import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '#scripts/find-browser.ts'
import type { DemoDesk } from '#scripts/lib/demo-desk.ts'
import { DISPLAY_SIZES } from '#scripts/lib/picture-display.ts'
import { SCENES } from '#scripts/lib/scenes.ts'
import { axeFindings, cutFindings, type Finding, forcedColourFindings, widthFindings } from './support/look-audit.ts'

const FLAGS = ['--no-sandbox', '--disable-background-networking', '--no-first-run', '--disable-gpu']
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const
const SCALES = [100, 125, 150] as const
/** Colours do not hang on the size: both themes are examined at the smallest, the larger sizes in one. */
const LARGER = [125, 150] as const
const THEMES = ['light', 'dark'] as const

let browser: Browser
beforeAll(async () => {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('no Chrome, Edge or Chromium on this machine')
  browser = await chromium.launch({ executablePath, headless: true, args: FLAGS })
})
afterAll(() => browser.close())

/** Every state of every screen, the very ones of the pictures: both themes, three sizes of type, two screens. */
describe.each(SCENES)('$groups', (scene) => {
  it('can be read, named, hit and seen whole in every state', { timeout: 600_000 }, async () => {
    const examined: string[] = []
    const findings: Finding[] = []
    await scene.play({
      browser,
      isWanted: () => true,
      paper: async () => undefined,
      onDisplay: async (page, name) => {
        examined.push(name)
        findings.push(...(await examineDisplay(page)).map((finding) => `${name} ${finding}`))
      },
      pictureOf: (desk) => async (page, name) => {
        examined.push(name)
        findings.push(...(await examine(page, desk)).map((finding) => `${name} ${finding}`))
      },
    })
    expect([...new Set(findings)]).toEqual([])
    expect(examined.length).toBeGreaterThan(1)
  })
})

it('finds what is broken on purpose', async () => {
  const page = await browser.newPage({ viewport: SIZES[0] })
  await page.setContent(
    `<html lang="zh"><title>x</title><main style="overflow:auto">
       <img src="data:,"><p style="color:#999;background:#fff">看不清</p>
       <button style="width:8px;height:8px;padding:0;border:0">a</button><button style="width:8px;height:8px;padding:0;border:0">b</button>
       <div style="width:3000px">太宽</div>
     </main></html>`,
  )
  const found = [...(await axeFindings(page)), ...(await widthFindings(page))].join('\n')
  for (const rule of ['image-alt', 'color-contrast', 'target-size', 'scrolls sideways']) expect(found).toContain(rule)
  await page.close()
})

it('finds what colours alone would tell, and what lies outside', async () => {
  const page = await browser.newPage({ viewport: SIZES[0] })
  await page.setContent(
    `<span data-tone="good" data-state="settled">已结清</span><button style="border:0">确定</button>
     <div aria-selected="true">选中</div><input id="here" style="border:0;outline:none" autofocus>
     <p style="position:fixed;bottom:-50px">看不见</p>`,
  )
  await page.locator('#here').focus()
  const found = [...(await forcedColourFindings(page)), ...(await cutFindings(page))].join('\n')
  for (const kind of ['without icon', 'without an edge', 'not stand out', 'without a ring', 'cut: '])
    expect(found).toContain(kind)
  await page.close()
})

async function examine(page: Page, desk: DemoDesk): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const theme of THEMES) {
    await dress(page, desk, { theme })
    findings.push(...(await axeFindings(page)).map((finding) => `${theme} ${finding}`))
  }
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const scale of SCALES) {
      await dress(page, desk, { scale })
      findings.push(...(await widthFindings(page)).map((finding) => `${size.width} ${scale} % ${finding}`))
    }
  }
  await page.setViewportSize(SIZES[0])
  for (const scale of LARGER) {
    await dress(page, desk, { scale })
    findings.push(...(await axeFindings(page)).map((finding) => `${scale} % ${finding}`))
  }
  await dress(page, desk, { scale: 100 })
  return [...findings, ...(await forcedColourFindings(page)).map((finding) => `forced colours ${finding}`)]
}

/** It has no type sizes: everything on it grows with the screen. */
async function examineDisplay(page: Page): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme })
    for (const size of DISPLAY_SIZES) {
      await page.setViewportSize(size)
      const found = [...(await axeFindings(page)), ...(await cutFindings(page))]
      findings.push(...found.map((finding) => `${size.width} ${colorScheme} ${finding}`))
    }
  }
  return [...findings, ...(await forcedColourFindings(page)).map((finding) => `forced colours ${finding}`)]
}

async function dress(page: Page, desk: DemoDesk, look: { theme?: 'light' | 'dark'; scale?: (typeof SCALES)[number] }) {
  // What is drawn before the settings have come cannot be dressed.
  if (!(await page.getByTestId('env-band').isVisible())) return
  desk.dress(look)
  await page.waitForFunction(({ theme, scale }) => {
    const { colorScheme, fontSize } = document.documentElement.style
    const larger = window.matchMedia('(min-width: 1700px)').matches ? 1.125 : 1
    const isSized = scale === undefined || Number.parseFloat(fontSize) === (16 * scale * larger) / 100
    return isSized && (theme === undefined || colorScheme === theme)
  }, look)
}
