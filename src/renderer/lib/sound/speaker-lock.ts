import { soundStore } from './sound-store.ts'

const LOCK = 'cashier.loudspeaker'

/**
 * Of several windows of one desk the one that was used last is heard, so that nothing sounds twice. A lock of the browser
 * tells them apart; taking it away from another window tells that one. @returns stops taking it.
 */
export function takeLoudspeakerOnFocus(locks: Pick<LockManager, 'request'> | undefined = navigator.locks): () => void {
  if (locks === undefined) return () => undefined
  let release: () => void = () => undefined
  const take = () => {
    release()
    soundStore.setState({ isSpeaker: true })
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
        if (isMine) soundStore.setState({ isSpeaker: false })
      })
  }
  take()
  window.addEventListener('focus', take)
  return () => {
    window.removeEventListener('focus', take)
    release()
  }
}
