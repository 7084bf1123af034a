import onScan from 'onscan.js'
import { attachScanner } from '#renderer/lib/scanner/attach-scanner.ts'
import type { ScanClock } from '#renderer/lib/scanner/scan-clock.ts'
import { createScanDecoder } from '#renderer/lib/scanner/scan-decoder.ts'
import { USUAL_PROFILE } from '#renderer/lib/scanner/scan-profile.ts'

/** The time of the page, or one that passes only when told. */
export interface ProofTime {
  readonly nowMs: number
  setTimer(run: () => void, ms: number): number
  clearTimer(id: number): void
}

/** Tells every text that was read. @returns how to detach it. */
export type Attach = (time: ProofTime, onText: (text: string) => void) => () => void

const clockOf = (time: ProofTime): ScanClock => ({
  stampOf: () => time.nowMs,
  now: () => time.nowMs,
  later: (run, ms) => {
    const id = time.setTimer(run, ms)
    return () => time.clearTimer(id)
  },
})

/** What the window works with. */
export const ours: Attach = (time, onText) =>
  attachScanner(USUAL_PROFILE, (outcome) => outcome.kind === 'scan' && onText(outcome.text), clockOf(time))

/** Control: ours without looking at the field that has the focus. */
export const withoutTakingBack: Attach = (time, onText) => {
  const decoder = createScanDecoder(USUAL_PROFILE)
  return listen((event) => {
    const { outcome, swallow } = decoder.key({
      code: event.code,
      shift: event.shiftKey,
      modified: event.ctrlKey,
      repeat: false,
      composed: event.keyCode === 229,
      atMs: time.nowMs,
    })
    if (swallow) event.preventDefault()
    if (outcome?.kind === 'scan') onText(outcome.text)
  })
}

/** Control: a scan is what takes 250 ms altogether, as one point of sale has it; letters as the page is told them. */
export const bySum: Attach = (time, onText) => {
  let text = ''
  let startedAtMs = 0
  return listen((event) => {
    if (time.nowMs - startedAtMs > 250) {
      text = ''
      startedAtMs = time.nowMs
    }
    if (event.key.length === 1) text += event.key
    if (event.key !== 'Enter') return
    if (text.length >= 4) onText(text)
    if (text.length >= 4) event.preventDefault()
    text = ''
  })
}

/** onscan.js 1.5.2 as its page says: attached to the document, with its own defaults. It asks the page for the time. */
export const onscan: Attach = (_time, onText) => {
  onScan.attachTo(document, { suffixKeyCodes: [13], reactToPaste: false, onScan: onText, preventDefault: true })
  return () => onScan.detachFrom(document)
}

function listen(onKeyDown: (event: KeyboardEvent) => void): () => void {
  document.addEventListener('keydown', onKeyDown, { capture: true })
  return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
}
