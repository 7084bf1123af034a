import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ended, ROOT, spawnNode } from './project.ts'

const PACKAGE = join(ROOT, 'node_modules', 'electron')
const DOWNLOAD_WITHIN_MS = 60_000

/** Why the window cannot be opened, for people. */
export interface Obstacle {
  readonly zh: string
  readonly en: string
}

/** What keeps Electron from a window on this machine whatever its binary; `undefined` when nothing does. */
export function windowObstacle(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, uid: number): Obstacle | undefined {
  if (platform !== 'linux') return undefined
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return { zh: '这台机器没有图形显示', en: 'this machine has no display' }
  // Chromium refuses its sandbox to root, and without the sandbox this window is not opened.
  return uid === 0 ? { zh: 'root 用户不能打开窗口', en: 'root cannot open the window' } : undefined
}

/** @returns Electron's executable if it is on this machine. */
export function electronBinary(): string | undefined {
  try {
    const file = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8'))
    return existsSync(file) ? file : undefined
  } catch {
    // No path.txt: it was never downloaded.
    return undefined
  }
}

/** Electron's package comes without its binary; its own installer fetches it once, where the network lets it. */
export async function fetchElectronBinary(): Promise<string | undefined> {
  process.stderr.write('正在获取 Electron（最多一分钟）… Fetching Electron (one minute at most)…\n')
  const installer = spawnNode('node_modules/electron/install.js', [], { stdio: 'ignore', timeout: DOWNLOAD_WITHIN_MS })
  const stop = () => installer.kill()
  process.once('exit', stop)
  await ended(installer)
  process.removeListener('exit', stop)
  return electronBinary()
}
