import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { ended, spawnNode } from './lib/project.ts'

/** A Chrome, Edge or Chromium for the tests. The path of one that you prefer goes into CHROME_PATH. */

const COMMANDS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const MAC_APPS = ['Google Chrome', 'Microsoft Edge', 'Chromium']
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** @returns a browser that is on this machine already. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROME_PATH) return env.CHROME_PATH
  return usualPlaces(process.platform, env).find(isRunnable) ?? playwrightsOwn()
}

/** Finds a browser or gets one, and says on standard error what it does. @throws when there is none to be had. */
export async function provideBrowser(): Promise<string> {
  const isDebianRoot = process.getuid?.() === 0 && isDebian()
  if (isDebianRoot && !hasChineseFont()) aptInstall(['fonts-noto-cjk'])
  const found = findBrowser()
  if (found !== undefined) return found
  if (isDebianRoot) aptInstall(['chromium'])
  else await playwrightInstall()
  const installed = findBrowser()
  if (installed === undefined) throw new Error(NO_BROWSER)
  return installed
}

const NO_BROWSER =
  '没有找到浏览器，也装不上：请安装 Chrome、Edge 或 Chromium，或用 CHROME_PATH 指明它的路径。 ' +
  'No browser found or installed: install Chrome, Edge or Chromium, or name its path in CHROME_PATH.'

function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((root) => root !== undefined)
    return WINDOWS_PROGRAMS.flatMap((program) => roots.map((root) => join(root, program)))
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/** Some systems ship a script of this name that only tells how to install the browser: it must say its version. */
function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    // Not there or not for us: the next place is tried.
    return false
  }
  return process.platform !== 'linux' || spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0
}

function playwrightsOwn(): string | undefined {
  const file = chromium.executablePath()
  return existsSync(file) ? file : undefined
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function hasChineseFont(): boolean {
  return spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout?.trim().length > 0
}

function aptInstall(packages: readonly string[]): void {
  say(`正在用 apt-get 安装 ${packages.join(' ')}… Installing ${packages.join(' ')} with apt-get…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (args: readonly string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8' })
  run(['update', '-qq'])
  const installed = run(['install', '-y', '-qq', '--no-install-recommends', ...packages])
  if (installed.status !== 0) say(installed.stderr.trim().split('\n').slice(-5).join('\n'))
}

async function playwrightInstall(): Promise<void> {
  say('正在让 Playwright 下载 Chromium… Letting Playwright download Chromium…')
  const withSystemLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : []
  const args = ['install', ...withSystemLibraries, 'chromium']
  await ended(
    spawnNode('node_modules/playwright-core/cli.js', args, { stdio: ['ignore', process.stderr, process.stderr] }),
  )
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

if (import.meta.main) console.log(await provideBrowser())
