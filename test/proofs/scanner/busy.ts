import { spawn } from 'node:child_process'

const AT_MOST_MS = 900_000

/** Programs that leave the processor no rest, as another program on an old PC does. For `using`: gone when the block ends. */
export function keepBusy(programs: number): Disposable {
  const loop = `const untilMs = Date.now() + ${AT_MOST_MS}; while (Date.now() < untilMs);`
  const started = Array.from({ length: programs }, () => spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }))
  return {
    [Symbol.dispose]() {
      for (const child of started) child.kill('SIGKILL')
    },
  }
}
