import { attachScanner } from '#renderer/lib/scanner/attach-scanner.ts'
import { USUAL_PROFILE } from '#renderer/lib/scanner/scan-profile.ts'
import { runScans } from './run-scans.ts'

/** What the proof calls in the page: many scans in virtual time, or the window's own scanner in real time. */
const heard: string[] = []
Object.assign(window, {
  scannerProof: {
    runScans,
    heard,
    listen: () =>
      attachScanner(USUAL_PROFILE, (outcome) => heard.push(outcome.kind === 'scan' ? outcome.text : outcome.kind)),
  },
})
