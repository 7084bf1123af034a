import type { HeldToken } from '../../lib/scanner/held-token.ts'
import { CUE_WORDS, SCAN_WORDS } from '../../ui/words/scan.ts'
import { type CounterState, type FoundByScan, NOTHING_OPEN } from './counter-state.ts'

interface Desk {
  get(): CounterState
  set(change: Partial<CounterState>): void
}

export async function answerQuestion(isYes: boolean, desk: Desk): Promise<void> {
  const { question } = desk.get()
  if (question === null) return
  desk.set({ question: null })
  if (question.kind === 'otherCharge') {
    return isYes ? applyFound(question.found, desk) : warn(desk, CUE_WORDS.chargeStays)
  }
  if (!isYes) return warn(desk, question.kind === 'otherPerson' ? CUE_WORDS.scanOwnVoucher : CUE_WORDS.tokenStays)
  const token = { ...question.token, otherPersonConfirmed: question.kind === 'otherPerson' }
  desk.set({ token, cue: { tone: 'good', words: `已扫到${SCAN_WORDS[token.kind].name}` } })
}

export async function applyFound({ charges, medOrgOrd }: FoundByScan, desk: Desk): Promise<void> {
  if (charges !== null) desk.set({ ...NOTHING_OPEN, foundByScan: true, charges: { status: 'ready', value: charges } })
  if (medOrgOrd !== null) await desk.get().open(medOrgOrd)
}

/** Both codes are known to be the patient's own: the phone has refreshed its code. */
export function isSamePerson(before: HeldToken, token: HeldToken): boolean {
  return [before, token].every(({ person }) => person !== null && !person.isMismatch)
}

function warn(desk: Desk, words: string): void {
  desk.set({ cue: { tone: 'warning', words } })
}
