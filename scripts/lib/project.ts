import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import { whenOrphaned } from '../../src/main/headless/parent-watch.ts'

/** The folder of package.json. */
export const ROOT = join(import.meta.dirname, '..', '..')

export interface NodeOptions extends SpawnOptions {
  /** Of Node and V8, before the file. */
  readonly flags?: readonly string[]
}

/** Runs a JavaScript or TypeScript file on this same Node: no shell, no PATH, so it is the same on every system. */
export function spawnNode(file: string, args: readonly string[], options: NodeOptions = {}): ChildProcess {
  const { flags = [], ...rest } = options
  return spawn(process.execPath, [...flags, join(ROOT, file), ...args], { cwd: ROOT, ...rest })
}

/** How a process ended. `code` is null when a signal ended it or when it never began. */
export interface Ended {
  readonly code: number | null
  readonly elapsedMs: number
}

export function ended(child: ChildProcess): Promise<Ended> {
  const startedAtMs = performance.now()
  return new Promise((resolve) => {
    const done = (code: number | null) => resolve({ code, elapsedMs: performance.now() - startedAtMs })
    child.once('exit', done)
    // A program that cannot be started has an error and no exit.
    child.once('error', () => done(null))
  })
}

/** Ends a child along with this process, whichever signal asks for it. This process then waits for the child's end. */
export function endTogether(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  whenOrphaned(process.env, () => child.kill('SIGTERM'))
}
