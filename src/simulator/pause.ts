import { setTimeout as wait } from 'node:timers/promises'

/** Waits, or returns at once when the signal says that the server closes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
