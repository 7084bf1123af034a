import { spawn } from 'node:child_process'
import { readOptions, USAGE } from '../src/main/headless/options.ts'
import { buildIfStale } from './lib/build.ts'
import { DESK_ENTRY, DESK_FLAGS } from './lib/desk-entry.ts'
import { electronBinary, fetchElectronBinary, type Obstacle, windowObstacle } from './lib/electron-binary.ts'
import { ended, endTogether, ROOT, spawnNode } from './lib/project.ts'

/**
 * `npm start`: builds, then opens the Electron window; where there can be none, says why in one line and serves the
 * same app to a browser on this machine.
 */

/** Electron that ends badly within this time could not open; later it is a crash of the app, and told as such. */
const OPENS_WITHIN_MS = 20_000
/** The app itself could not start and has said why; without a window it could not either. */
const EXIT_APP_REFUSED = 78

const args = process.argv.slice(2)
const options = readOptions(args, '')
if (!options.ok) {
  console.error([...options.error, USAGE.replace('run headless', 'start')].join('\n'))
  process.exit(2)
}
if (!(await buildIfStale())) process.exit(1)
const opened = await openWindow()
process.exit('code' in opened ? opened.code : await serveInstead(opened))

async function openWindow(): Promise<{ readonly code: number } | Obstacle> {
  const obstacle = windowObstacle(process.platform, process.env, process.getuid?.() ?? -1)
  if (obstacle !== undefined) return obstacle
  const binary = electronBinary() ?? (await fetchElectronBinary())
  if (binary === undefined) return { zh: 'Electron 下载不到', en: 'Electron could not be downloaded' }
  const child = spawn(binary, [ROOT, ...electronArgs()], { cwd: ROOT, stdio: 'inherit', windowsHide: false })
  endTogether(child)
  const { code, elapsedMs } = await ended(child)
  const couldNotOpen = code !== 0 && code !== EXIT_APP_REFUSED && elapsedMs < OPENS_WITHIN_MS
  return couldNotOpen ? { zh: 'Electron 在这台机器上打不开', en: 'Electron does not run here' } : { code: code ?? 1 }
}

function electronArgs(): string[] {
  if (!options.ok) return []
  const { dataDir, configFile } = options.value
  return [
    ...(dataDir === '' ? [] : [`--data=${dataDir}`]),
    ...(configFile === undefined ? [] : [`--config=${configFile}`]),
    `--js-flags=${DESK_FLAGS.join(' ')}`,
  ]
}

async function serveInstead({ zh, en }: Obstacle): Promise<number> {
  console.log(`${zh}，改由本机浏览器打开同一程序。 No Electron window (${en}): the same app is served to your browser.`)
  const child = spawnNode(DESK_ENTRY, [...args, '--open'], { flags: DESK_FLAGS, stdio: 'inherit' })
  endTogether(child)
  return (await ended(child)).code ?? 1
}
