/** One keydown as a calibration keeps it. */
export interface RecordedKey {
  readonly code: string
  readonly key: string
  readonly shift: boolean
  readonly alt: boolean
  readonly capsLock: boolean
  /** An input method took it. */
  readonly composed: boolean
  readonly atMs: number
}

/** After so much silence a scan is over, even a slow one. */
const OVER_MS = 500
/** What follows a character so soon belongs to the scan: its suffix. */
const SUFFIX_MS = 150
/** Fewer keys are a person's. */
const FEWEST = 6

/**
 * Records whole scans while a calibration is shown, before the window's own scanner sees their keys. Keys that a person
 * uses to move about stay theirs. @returns how to stop it.
 */
export function recordKeys(onScan: (keys: readonly RecordedKey[]) => void): () => void {
  let keys: RecordedKey[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const finish = () => {
    const ended = keys
    keys = []
    if (ended.length >= FEWEST) onScan(ended)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat || /^(Shift|Control|Alt|Meta|CapsLock|NumLock)/.test(event.code)) return
    const last = keys.at(-1)
    const follows = last !== undefined && event.timeStamp - last.atMs <= SUFFIX_MS
    const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey
    const composed = event.isComposing || event.keyCode === 229
    if (!isTyped && !composed && !follows) return
    event.preventDefault()
    event.stopImmediatePropagation()
    keys.push({
      code: event.code,
      key: event.key,
      shift: event.shiftKey,
      alt: event.altKey,
      capsLock: event.getModifierState('CapsLock'),
      composed,
      atMs: event.timeStamp,
    })
    clearTimeout(timer)
    timer = setTimeout(finish, OVER_MS)
  }
  // On window: before the document's own listeners in the capture phase.
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', onKeyDown, { capture: true })
  }
}
