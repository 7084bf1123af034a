import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { ROOT } from '#scripts/lib/project.ts'
import { waitFor } from '#test/support/wait-for.ts'

interface Told {
  readonly standIn: string
  readonly [fact: string]: unknown
}

/** The built desktop app in a process of its own, on the stand-in. */
export interface StandIn {
  /** What the stand-in was made to do, in order. */
  readonly told: readonly Told[]
  readonly complaints: () => string
  /** The first thing told under this name. */
  hear(what: string): Promise<Told>
  /** The desk's page, joined through the browser's debugging port. */
  page(): Promise<Page>
  /** Plugs the second screen in, or out. */
  toggleScreen(): void
  stop(signal?: NodeJS.Signals): Promise<number | null>
  readonly exitCode: Promise<number | null>
}

/** Settings that somebody has kept, so that the window does not begin with the choice of a first start. */
function keepDefaults(dataDir: string): void {
  const folder = join(dataDir, 'desk')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'settings.json')
  if (!existsSync(file)) writeFileSync(file, '{"environment":"simulated","listener":{"port":0}}')
}

export function startStandIn(dataDir: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): StandIn {
  if (env.STAND_IN_FIRST_START !== 'yes') keepDefaults(dataDir)
  const standIn = ['--import', './test/electron/stand-in/register.ts', 'out/main/index.js']
  const child = spawn(process.execPath, [...standIn, `--data=${dataDir}`, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve))
  // The browser is a child of the child: it goes with it only when that one may end in its own way.
  onTestFinished(() => end(child, exitCode))
  const told: Told[] = []
  const complaints: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line)))
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  const hear = (what: string) =>
    waitFor(
      `${what}; so far ${JSON.stringify(told)} ${complaints.join('')}`,
      () => told.find((one) => one.standIn === what),
      30_000,
    )
  return {
    told,
    complaints: () => complaints.join(''),
    hear,
    exitCode,
    page: async () => joinBrowser(String((await hear('browser')).cdp)),
    toggleScreen: () => child.kill('SIGUSR2'),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return exitCode
    },
  }
}

async function end(child: ChildProcess, exitCode: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  const hung = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await exitCode
  clearTimeout(hung)
}

async function joinBrowser(cdp: string): Promise<Page> {
  const browser = await chromium.connectOverCDP(cdp)
  onTestFinished(() => browser.close())
  return waitFor('the page', () => browser.contexts()[0]?.pages().find(isDesk))
}

/** Pages come in no order, and one is empty until the main process has led it somewhere. */
function isDesk(page: Page): boolean {
  return page.url().startsWith('http') && !page.url().endsWith('/display.html')
}
