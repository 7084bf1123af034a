import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { tempFolder } from '#scripts/lib/temp-folder.ts'

/** A desktop that nobody sees, with a real Chinese input method; keys come from its X server, as a keyboard's do. */
export interface ImeDesktop {
  /** For programs that show their windows there. */
  readonly env: Record<string, string>
  /** Switches pinyin on where the focus is: a person has done so before. */
  pinyinOn(): Promise<void>
  /** Types at a scanner's pace. @returns ms a key; on a busy machine more than was asked for. */
  scan(code: string): Promise<number>
  /** Types as a person does. */
  type(text: string): Promise<void>
  /** One key by the X server's name: `F3`, `Escape`. */
  press(key: string): Promise<void>
  /** Ends every program that was started for it. */
  close(): void
}

const TOOLS = ['Xvfb', 'dbus-daemon', 'fcitx5', 'fcitx5-remote', 'xdotool', 'openbox']
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
const SCANNERS_GAP_MS = 12
const PERSONS_GAP_MS = 130
const run = promisify(execFile)

/** Of Debian's packages xvfb, dbus, fcitx5, fcitx5-chinese-addons, fcitx5-frontend-gtk3, xdotool and openbox. */
export function missingImeTools(): readonly string[] {
  return TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
}

/** @throws when one of its programs does not start. */
export async function startImeDesktop(): Promise<ImeDesktop> {
  const folder = tempFolder()
  const started: ChildProcess[] = []
  const close = () => {
    for (const child of started.reverse()) child.kill('SIGKILL')
    folder[Symbol.dispose]()
  }
  try {
    const env = await startPrograms(folder.path, (child) => started.push(child))
    // A scanner types at its own pace however busy the PC is. Without the right to it, nice says so and goes on.
    const xdotool = (...args: readonly string[]) => run('nice', ['-n', '-20', 'xdotool', ...args], { env })
    return {
      env,
      close,
      async pinyinOn() {
        await untilAnswered(env, '-s', 'pinyin')
        await untilAnswered(env, '-o')
        await pause(400)
      },
      async scan(code) {
        const sinceMs = performance.now()
        await xdotool('type', '--delay', String(SCANNERS_GAP_MS), code)
        await xdotool('key', 'Return')
        return (performance.now() - sinceMs) / (code.length + 1)
      },
      async type(text) {
        await xdotool('type', '--delay', String(PERSONS_GAP_MS), text)
      },
      async press(key) {
        await xdotool('key', key)
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

async function startPrograms(home: string, keep: (child: ChildProcess) => void): Promise<Record<string, string>> {
  mkdirSync(join(home, 'fcitx5'), { recursive: true })
  writeFileSync(join(home, 'fcitx5', 'profile'), PROFILE)
  const env: Record<string, string> = {
    ...onlyText(process.env),
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    GTK_IM_MODULE: 'fcitx',
    XMODIFIERS: '@im=fcitx',
    LANG: 'C.UTF-8',
  }
  const start = (command: string, ...args: readonly string[]) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    keep(child)
    return child
  }
  const screen = ['-screen', '0', '1366x768x24', '-nolisten', 'tcp']
  env.DISPLAY = `:${await firstLine(start('nice', '-n', '-20', 'Xvfb', '-displayfd', '1', ...screen))}`
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(start('dbus-daemon', '--session', '--nofork', '--print-address'))
  start('openbox')
  start('fcitx5', '--disable=wayland')
  await untilAnswered(env)
  return env
}

/** On a busy machine the input method is late to start, and late to answer. @throws when it does not within half a minute. */
async function untilAnswered(env: Record<string, string>, ...args: readonly string[]): Promise<void> {
  for (let left = 60; left > 0; left -= 1) {
    if (spawnSync('fcitx5-remote', args, { env }).status === 0) return
    await pause(500)
  }
  throw new Error('fcitx5 does not answer')
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString().split('\n')[0] ?? ''))
    child.once('exit', () => reject(new Error(`${child.spawnfile} did not start`)))
  })
}

function onlyText(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
