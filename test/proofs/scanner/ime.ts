import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
import { Random } from './page/random.ts'
import { openProofPage } from './proof-page.ts'

/** What a real Chinese input method did to scans, and what was made of them. */
export interface ImeCounts {
  readonly fromReady: number
  readonly readyRight: number
  readonly inField: number
  readonly inFieldRight: number
  readonly askedAgain: number
  readonly wrong: number
  readonly leftInField: number
  /** Keys that pinyin took while the field had the focus: none would mean that it was not on. */
  readonly composed: number
}

const TOOLS = ['Xvfb', 'dbus-daemon', 'fcitx5', 'fcitx5-remote', 'xdotool', 'openbox']
/** Of Debian's packages xvfb, dbus, fcitx5, fcitx5-chinese-addons, fcitx5-frontend-gtk3, xdotool and openbox. */
export function missingImeTools(): readonly string[] {
  return TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
}

const DISPLAY = ':93'
const PROFILE = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
`
const PAGE = `<div id="ready" tabindex="0">扫码就绪</div><input id="field" value="周">`
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Keys of the X server into a headed Chromium, with fcitx5's pinyin on. Everything started here ends here. */
export async function scanUnderPinyin(executablePath: string, scans: number, seed: number): Promise<ImeCounts> {
  using folder = tempFolder()
  const started: ChildProcess[] = []
  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    started.push(child)
    return child
  }
  try {
    const env = await startDesktop(folder.path, run)
    const proof = await openProofPage(executablePath, env)
    try {
      return await scanAll(proof.page, env, scans, new Random(seed))
    } finally {
      await proof.close()
    }
  } finally {
    for (const child of started.reverse()) child.kill()
  }
}

type Run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => ChildProcess

async function startDesktop(home: string, run: Run): Promise<NodeJS.ProcessEnv> {
  mkdirSync(join(home, 'fcitx5'), { recursive: true })
  writeFileSync(join(home, 'fcitx5', 'profile'), PROFILE)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DISPLAY,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    GTK_IM_MODULE: 'fcitx',
    XMODIFIERS: '@im=fcitx',
    LANG: 'C.UTF-8',
  }
  run('Xvfb', [DISPLAY, '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], env)
  await pause(1500)
  const bus = run('dbus-daemon', ['--session', '--nofork', '--print-address'], env)
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus)
  run('openbox', [], env)
  run('fcitx5', ['--disable=wayland'], env)
  await pause(2500)
  return env
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString().split('\n')[0] ?? ''))
    child.once('exit', () => reject(new Error('the message bus did not start')))
  })
}

async function scanAll(page: Page, env: NodeJS.ProcessEnv, scans: number, random: Random): Promise<ImeCounts> {
  await page.evaluate((html) => {
    document.body.innerHTML = html
    const composed: string[] = []
    Object.assign(window, { composed })
    const look = (event: KeyboardEvent) => (event.isComposing || event.keyCode === 229) && composed.push(event.code)
    window.addEventListener('keydown', look, { capture: true })
    Reflect.get(window, 'scannerProof').listen()
  }, PAGE)
  await page.bringToFront()
  const type = (text: string, delayMs: number) => {
    spawnSync('xdotool', ['type', '--delay', String(delayMs), text], { env })
    spawnSync('xdotool', ['key', 'Return'], { env })
  }
  const counts = { fromReady: 0, readyRight: 0, inField: 0, inFieldRight: 0, askedAgain: 0, wrong: 0, leftInField: 0 }
  for (let index = 0; index < scans; index += 1) {
    const place = index % 2 === 0 ? 'field' : 'ready'
    const code = `990101ec${random.text(LETTERS, 30)}`
    await focus(page, place)
    spawnSync('fcitx5-remote', ['-s', 'pinyin'], { env })
    spawnSync('fcitx5-remote', ['-o'], { env })
    await pause(400)
    type(code, 12)
    await pause(900)
    const { heard, field } = await page.evaluate(() => ({
      heard: Reflect.get(window, 'scannerProof').heard.splice(0) as string[],
      field: document.querySelector('input')?.value,
    }))
    const isRight = heard.length === 1 && heard[0] === code
    counts[place === 'field' ? 'inField' : 'fromReady'] += 1
    if (isRight) counts[place === 'field' ? 'inFieldRight' : 'readyRight'] += 1
    if (heard.includes('incomplete')) counts.askedAgain += 1
    counts.wrong += heard.filter((text) => /^\d{6}ec[a-z0-9]{30}$/.test(text) && text !== code).length
    if (field !== '周') counts.leftInField += 1
  }
  const composed = await page.evaluate(() => (Reflect.get(window, 'composed') as string[]).length)
  return { ...counts, composed }
}

async function focus(page: Page, id: string): Promise<void> {
  await page.evaluate((wanted) => {
    Object.assign(document.getElementById('field') ?? {}, { value: '周' })
    const element = document.getElementById(wanted)
    element?.blur()
    element?.focus()
  }, id)
}
