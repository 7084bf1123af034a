import { lastValue } from '../../lib/remote.ts'
import { classifyScan, type ScanClass } from '../../lib/scanner/classify-scan.ts'
import type { HeldToken } from '../../lib/scanner/held-token.ts'
import {
  hasDecoder,
  mayBeVoucher,
  otherPersonWords,
  readVoucher,
  type VoucherDesk,
} from '../../lib/scanner/read-voucher.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import { CUE_WORDS, SCAN_WORDS, scanAnswer } from '../../ui/words/scan.ts'
import { counterStep } from './counter-flow.ts'
import type { CounterState, FoundByScan } from './counter-state.ts'
import { applyFound, isSamePerson } from './scan-question.ts'

export interface ScanDesk extends VoucherDesk {
  get(): CounterState
  set(change: Partial<CounterState>): void
}

/** Routes one scan by what it is and by the step the cashier is in; what cannot be used is answered in words. */
export async function takeScan(outcome: ScanOutcome, desk: ScanDesk): Promise<void> {
  const { busy, question, askingRevoke } = desk.get()
  // The button that is waiting for its answer, or the question, is not for a scan to change.
  if (busy !== null || askingRevoke) return warn(desk, CUE_WORDS.notNow)
  if (question !== null) return warn(desk, CUE_WORDS.answerFirst)
  if (outcome.kind === 'incomplete') return warn(desk, CUE_WORDS.incomplete)
  if (outcome.kind === 'repeated' && !isWanted(outcome.text, desk)) return
  const charges = lastValue(desk.get().charges)?.charges ?? []
  const scan = classifyScan(outcome.text, (number) => charges.some((charge) => charge.medOrgOrd === number))
  if (mayBeVoucher(scan, outcome.text, desk)) return takeVoucher(scan, outcome.text, desk)
  switch (scan.kind) {
    case 'chargeNumber':
      return show(desk, { charges: null, medOrgOrd: scan.value, name: nameOf(scan.value) })
    case 'residentId':
      return findPerson(desk, scan.value)
    default:
      return warn(desk, scanAnswer(scan.kind, stepOf(desk)))
  }
  function nameOf(medOrgOrd: string): string {
    return charges.find((charge) => charge.medOrgOrd === medOrgOrd)?.patientName ?? medOrgOrd
  }
}

/** The same code at once again: to confirm a number without a check digit, or after the first was put away. */
function isWanted(text: string, desk: ScanDesk): boolean {
  const { firstReading, token } = desk.get()
  return firstReading === text.trim() || (token === null && stepOf(desk) === 'scan' && !hasDecoder(desk))
}

async function takeVoucher(scan: ScanClass, text: string, desk: ScanDesk): Promise<void> {
  const step = stepOf(desk)
  const { medOrgOrd, firstReading } = desk.get()
  if (medOrgOrd === null || (step !== 'scan' && step !== 'confirm')) return warn(desk, scanAnswer(scan.kind, step))
  if (scan.kind === 'payAuthNo' && !scan.isSure && !hasDecoder(desk) && firstReading !== scan.value) {
    return desk.set({ firstReading: scan.value, cue: { tone: 'warning', words: CUE_WORDS.scanAgainToBeSure } })
  }
  desk.set({ busy: 'decode', firstReading: null, cue: null, failure: null })
  const read = await readVoucher(scan, text, medOrgOrd, desk)
  if (desk.get().medOrgOrd !== medOrgOrd) return
  desk.set({ busy: null })
  if (read.kind === 'failed') return desk.set({ failure: read.failure })
  hold(desk, read.token)
}

/** One code replaces another only when asked, unless both are known to be this patient's own. */
function hold(desk: ScanDesk, token: HeldToken): void {
  const { token: before } = desk.get()
  const words = otherPersonWords(token)
  if (words !== null) {
    desk.set({ question: { kind: 'otherPerson', token, words }, cue: null })
    return
  }
  const isOther = before !== null && before.value !== token.value && !isSamePerson(before, token)
  if (isOther) desk.set({ question: { kind: 'otherToken', token }, cue: null })
  else desk.set({ token, cue: { tone: 'good', words: `已扫到${SCAN_WORDS[token.kind].name}` } })
}

/** The id goes to the main process only: it is neither kept here nor written into the search box. */
async function findPerson(desk: ScanDesk, idNo: string): Promise<void> {
  const answer = await desk.client.call('charges.search', { idNo })
  if (!answer.ok) return desk.set({ failure: answer.error })
  const [first, ...others] = answer.value.charges
  if (first === undefined) return warn(desk, CUE_WORDS.notPending)
  const medOrgOrd = others.length === 0 ? first.medOrgOrd : null
  return show(desk, { charges: answer.value, medOrgOrd, name: first.patientName })
}

/** A payment that is open is left only when asked; one whose outcome is not certain is not left by a scan at all. */
async function show(desk: ScanDesk, found: FoundByScan): Promise<void> {
  switch (stepOf(desk)) {
    case 'choose':
    case 'settled':
    case 'review':
      return applyFound(found, desk)
    case 'scan':
    case 'confirm':
    case 'paying':
    case 'expired':
      if (found.medOrgOrd === desk.get().medOrgOrd) return warn(desk, CUE_WORDS.sameCharge)
      return desk.set({ question: { kind: 'otherCharge', found }, cue: null })
    default:
      return warn(desk, CUE_WORDS.notNow)
  }
}

function stepOf(desk: ScanDesk) {
  return counterStep(desk.get(), desk.app.clock.now())
}

function warn(desk: ScanDesk, words: string): void {
  desk.set({ cue: { tone: 'warning', words } })
}
