import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { BROWSER_FLAGS } from '#scripts/lib/browser-flags.ts'
import { ROOT } from '#scripts/lib/project.ts'
import type { DecoderName, ScanCounts } from './page/run-scans.ts'

/** A page of Chromium with the window's own scanner in it, built from the sources. */
export interface ProofPage {
  readonly page: Page
  run(decoder: DecoderName, scans: number, seed: number): Promise<ScanCounts>
  close(): Promise<void>
}

/** @param env of a desktop of its own: the browser then shows its window there. Without one it has none. */
export async function openProofPage(executablePath: string, env?: Record<string, string>): Promise<ProofPage> {
  const script = await bundle()
  const browser = await openBrowser(executablePath, env)
  const page = await browser.newPage()
  await page.setContent('<!doctype html><title>scanner</title><body></body>')
  await page.addScriptTag({ content: script })
  return {
    page,
    run: (decoder, scans, seed) =>
      page.evaluate(([name, count, from]) => Reflect.get(window, 'scannerProof').runScans(name, count, from), [
        decoder,
        scans,
        seed,
      ] as const),
    close: () => browser.close(),
  }
}

/** @param env of a desktop on which it shows its window; without one it has none. */
export function openBrowser(executablePath: string, env?: Record<string, string>): Promise<Browser> {
  const headless = env === undefined
  return chromium.launch({ executablePath, headless, args: [...BROWSER_FLAGS], ...(env !== undefined && { env }) })
}

async function bundle(): Promise<string> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page', 'entry.ts'), formats: ['iife'], name: 'proof' },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('the page was not built')
  return chunk.code
}
