import { attachScanner } from '#renderer/lib/scanner/attach-scanner.ts'
import { USUAL_PROFILE } from '#renderer/lib/scanner/scan-profile.ts'
import { type ProofTime, withoutTakingBack } from './decoders.ts'
import { runScans } from './run-scans.ts'

const REAL_TIME: ProofTime = {
  get nowMs() {
    return performance.now()
  },
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (id) => window.clearTimeout(id),
}

/** What the proof calls in the page: many scans in virtual time, or the window's own scanner in real time. */
const heard: string[] = []
Object.assign(window, {
  scannerProof: {
    runScans,
    heard,
    listen: (name: 'ours' | 'withoutTakingBack' = 'ours') =>
      name === 'ours'
        ? attachScanner(USUAL_PROFILE, (outcome) => heard.push(outcome.kind === 'scan' ? outcome.text : outcome.kind))
        : withoutTakingBack(REAL_TIME, (text) => heard.push(text)),
  },
})
