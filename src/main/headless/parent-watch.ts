const EVERY_MS = 500

/**
 * Calls back once when the process that started this one is gone. npm runs scripts through a shell that dies of a
 * SIGTERM without handing it on, and Windows hands on nothing at all: without this the app would stay behind alone.
 */
export function whenOrphaned(env: NodeJS.ProcessEnv, callback: () => void): void {
  if (env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return
    clearInterval(timer)
    callback()
  }, EVERY_MS)
  timer.unref()
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
