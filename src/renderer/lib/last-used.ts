import { createStore } from 'zustand'

const LOCK = 'cashier.last-used-window'

/** Of several windows of one desk the one that was used last speaks for it: it is heard, and the patient's display follows it. */
export const lastUsed = createStore<{ readonly isThisWindow: boolean }>(() => ({ isThisWindow: true }))

/**
 * A lock of the browser tells the windows apart: taking it away from another one tells that one. @returns stops taking it.
 */
export function followLastUse(locks: Pick<LockManager, 'request'> | undefined = navigator.locks): () => void {
  if (locks === undefined) return () => undefined
  let release: () => void = () => undefined
  const take = () => {
    release()
    lastUsed.setState({ isThisWindow: true })
    const held = Promise.withResolvers<void>()
    let isMine = true
    release = () => {
      isMine = false
      held.resolve()
    }
    locks
      .request(LOCK, { steal: true }, () => held.promise)
      .catch(() => {
        // Taken by another window; one that gave it up itself has nothing to be told.
        if (isMine) lastUsed.setState({ isThisWindow: false })
      })
  }
  take()
  window.addEventListener('focus', take)
  return () => {
    window.removeEventListener('focus', take)
    release()
  }
}
