import type { Clock } from '#shared/domain/time.ts'
import { lastValue } from '../../lib/remote.ts'
import type { RpcClient } from '../../lib/rpc-client.ts'
import { classifyScan } from '../../lib/scanner/classify-scan.ts'
import { type HeldToken, holdToken } from '../../lib/scanner/held-token.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-decoder.ts'
import { CUE_WORDS, SCAN_WORDS } from '../../ui/words/scan.ts'
import { counterStep } from './counter-flow.ts'
import { type CounterState, NOTHING_OPEN } from './counter-state.ts'

export interface ScanDesk {
  get(): CounterState
  set(change: Partial<CounterState>): void
  readonly client: RpcClient
  readonly clock: Clock
}

/** Routes one scan by what it is and by the step the cashier is in; what cannot be used is answered in words. */
export async function takeScan(outcome: ScanOutcome, desk: ScanDesk): Promise<void> {
  if (outcome.kind === 'repeated') return
  if (outcome.kind === 'incomplete') return warn(desk, CUE_WORDS.incomplete)
  const charges = lastValue(desk.get().charges)?.charges ?? []
  const scan = classifyScan(outcome.text, (number) => charges.some((charge) => charge.medOrgOrd === number))
  switch (scan.kind) {
    case 'ecToken':
    case 'payAuthNo':
      return hold(desk, scan.kind, scan.value)
    case 'chargeNumber':
      return mayLeave(desk) ? desk.get().open(scan.value) : warn(desk, CUE_WORDS.notNow)
    case 'residentId':
      return mayLeave(desk) ? findPerson(desk, scan.value) : warn(desk, CUE_WORDS.notNow)
    default:
      return warn(desk, `这是${SCAN_WORDS[scan.kind].name}。${SCAN_WORDS[scan.kind].wanted ?? ''}`)
  }
}

function hold(desk: ScanDesk, kind: HeldToken['kind'], value: string): void {
  const step = counterStep(desk.get(), desk.clock.now())
  if (step !== 'scan' && step !== 'confirm') {
    warn(desk, step === 'choose' ? CUE_WORDS.chooseFirst : CUE_WORDS.notNow)
    return
  }
  desk.set({
    token: holdToken(kind, value, desk.clock.now()),
    cue: { tone: 'good', words: `已扫到${SCAN_WORDS[kind].name}` },
    failure: null,
  })
}

/** A patient's payment that is under way is not left by a scan. */
function mayLeave(desk: ScanDesk): boolean {
  const step = counterStep(desk.get(), desk.clock.now())
  return step === 'choose' || step === 'scan' || step === 'settled' || step === 'review'
}

/** The id goes to the main process only: it is neither kept here nor written into the search box. */
async function findPerson(desk: ScanDesk, idNo: string): Promise<void> {
  const answer = await desk.client.call('charges.search', { idNo })
  if (!answer.ok) return desk.set({ failure: answer.error })
  const [first, ...others] = answer.value.charges
  if (first === undefined) return warn(desk, CUE_WORDS.notPending)
  desk.set({ ...NOTHING_OPEN, foundByScan: true, charges: { status: 'ready', value: answer.value } })
  if (others.length === 0) await desk.get().open(first.medOrgOrd)
}

function warn(desk: ScanDesk, words: string): void {
  desk.set({ cue: { tone: 'warning', words } })
}
