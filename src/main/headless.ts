import { extname, join } from 'node:path'
import { nodeTooOld } from './headless/node-version.ts'
import { whenOrphaned } from './headless/parent-watch.ts'

/**
 * Entry without a window: the same app, served to a browser on this machine. Only the ready line is on stdout. Runs as
 * built (`npm run headless`) and from the sources (tests); its threads are the entries beside it.
 */
const entryBeside = (name: string) => new URL(`${name}${extname(import.meta.filename)}`, import.meta.url)
const THREADS = { workerFile: entryBeside('worker'), checkpointFile: entryBeside('checkpoint') }
/** Two folders above either. */
const WINDOW = join(import.meta.dirname, '..', '..', 'out', 'renderer')
const CLOSE_WITHIN_MS = 2_500

const tooOld = nodeTooOld(process.version)
if (tooOld !== undefined) {
  process.stderr.write(`${tooOld}\n`)
  process.exit(1)
}
await main()

async function main(): Promise<void> {
  // Not imported above: an old Node must have been refused before the store's driver is loaded.
  const [{ runHeadless }, { startApp }] = await Promise.all([import('./headless/run.ts'), import('./app.ts')])
  const stopping = nextStop()
  const running = await runHeadless((options) => startApp({ ...options, ...THREADS }), {
    windowFolder: WINDOW,
    args: process.argv.slice(2),
    platform: process.platform,
    env: process.env,
    out: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
  })
  if (!running.ok) process.exit(running.error.exitCode)
  await stopping
  await running.value.close()
  process.exit(0)
}

/**
 * Heard from the first moment on, so that a stop during start is carried out right after it, or cuts it short. A second
 * signal (a terminal and a parent process may both send one) changes nothing.
 */
function nextStop(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false
    const stop = () => {
      if (!stopping) closeInTime()
      stopping = true
      resolve()
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
    whenOrphaned(process.env, stop)
  })
}

/** What was promised to the centre or the window is committed already; waiting longer than this would save nothing. */
function closeInTime(): void {
  setTimeout(() => {
    process.stderr.write('没有在时限内关闭，现在直接结束。\n')
    process.exit(1)
  }, CLOSE_WITHIN_MS).unref()
}
