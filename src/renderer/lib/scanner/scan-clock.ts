/** Time as the scanner's keys tell it. A proof brings its own, so that ten thousand scans take seconds. */
export interface ScanClock {
  /** When the key was struck, in ms: the system's stamp, so that a busy page does not make typing look like a scan. */
  stampOf(event: Event): number
  now(): number
  /** @returns how to call it off. */
  later(run: () => void, ms: number): () => void
}

export const REAL_TIME: ScanClock = {
  stampOf: (event) => event.timeStamp,
  now: () => performance.now(),
  later: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
