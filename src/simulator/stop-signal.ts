const LOOK_EVERY_MS = 300

/** Read when this file is loaded: by the time somebody asks, the parent may be gone. */
const parent = process.ppid

/**
 * Calls `stop` once, when this process is told to end. Under `npm run` the signal may never arrive: npm hands it to its
 * shell, and a shell that does not pass it on (Debian's dash) dies alone. So there, a lost parent counts as the signal.
 */
export function onStopSignal(stop: () => void): void {
  const once = () => {
    clearInterval(watch)
    process.off('SIGTERM', once)
    process.off('SIGINT', once)
    stop()
  }
  const isUnderNpm = process.env.npm_lifecycle_event !== undefined
  const watch = isUnderNpm ? setInterval(() => process.ppid !== parent && once(), LOOK_EVERY_MS).unref() : undefined
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
}
