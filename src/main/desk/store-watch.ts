import { recoverOperations, STORE_FAULT } from '#main/features/counter/recover.ts'
import type { DeskBase } from './desk-options.ts'
import type { DeskWork } from './desk-work.ts'
import type { FarSides } from './far-sides.ts'

/** While the store is at fault, a small write finds out when it works again. */
const PROBE_EVERY_MS = 2_000

/**
 * Keeps the light of the store. Once it can be written again: acknowledged messages have the effect that was kept from
 * them, and an operation whose end could not be written down is unknown, and asked about, instead of locking its order.
 * @returns what ends it.
 */
export function watchStore(
  { store, clock, settings, options }: DeskBase,
  { storeHealth }: FarSides,
  { inbox }: DeskWork,
): () => void {
  const { timers } = options
  const stops: (() => void)[] = []
  let stopProbing: (() => void) | undefined
  const takeUp = () => {
    if (store.faults.problem !== undefined) return
    // What is younger may still be waiting for its answer.
    const before = clock.now() - settings.centre.writeTimeoutMs
    recoverOperations(
      store,
      clock,
      STORE_FAULT,
      ({ state, preparedAtMs }) => state === 'prepared' || preparedAtMs < before,
    )
    inbox.actOnWaiting()
  }
  store.faults.onChange((problem) => {
    storeHealth.fault(problem?.words)
    if (problem !== undefined) {
      stopProbing ??= timers.every(PROBE_EVERY_MS, () => store.probe())
      return
    }
    stopProbing?.()
    stopProbing = undefined
    stops.push(timers.after(0, takeUp), timers.after(settings.centre.writeTimeoutMs + PROBE_EVERY_MS, takeUp))
  })
  return () => {
    stopProbing?.()
    for (const stop of stops) stop()
  }
}
