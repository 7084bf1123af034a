import type { Charge, ChargeSummary } from '#shared/contract/charges.ts'
import type { Order } from '#shared/contract/orders.ts'
import { IDLE, type Remote } from '../../lib/remote.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import type { HeldToken } from '../../lib/scanner/held-token.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import type { CounterAction } from './counter-flow.ts'

export interface ChargeList {
  readonly charges: readonly ChargeSummary[]
  /** False when the hospital's system could not be asked. */
  readonly live: boolean
  readonly asOfMs: number | null
}

/** What the desk says of the last scan or key, until the next one. */
export interface Cue {
  readonly tone: 'good' | 'warning'
  readonly words: string
}

/** What a scanned number or resident id leads to. */
export interface FoundByScan {
  /** One person's charges, to be shown as the list; null where the list stays. */
  readonly charges: ChargeList | null
  /** The one to open; null where the cashier has to choose. */
  readonly medOrgOrd: string | null
  readonly name: string
}

/** What a scan asks before it changes anything. Answered by F10 and Esc, never by Enter alone. */
export type ScanQuestion =
  /** Another patient's number while a payment is open. */
  | { readonly kind: 'otherCharge'; readonly found: FoundByScan }
  /** Another e-voucher while one is held. */
  | { readonly kind: 'otherToken'; readonly token: HeldToken }
  /** The e-voucher is somebody else's than the charge. */
  | { readonly kind: 'otherPerson'; readonly token: HeldToken; readonly words: string }

export interface CounterData {
  readonly search: string
  readonly charges: Remote<ChargeList>
  /** The list holds one person's charges, found by a scanned id; it is not replaced until the cashier goes on. */
  readonly foundByScan: boolean
  /** The charge that is open; `null` while the cashier looks for one. */
  readonly medOrgOrd: string | null
  readonly charge: Remote<Charge>
  readonly order: Order | null
  readonly token: HeldToken | null
  readonly busy: CounterAction | null
  readonly askingRevoke: boolean
  /** What a scan asks before it changes anything. */
  readonly question: ScanQuestion | null
  /** A number without a check digit, read once; it counts when it is read the same again. */
  readonly firstReading: string | null
  readonly cue: Cue | null
  readonly failure: ShownFailure | null
}

export interface CounterActions {
  setSearch(text: string): void
  loadCharges(): Promise<void>
  open(medOrgOrd: string): Promise<void>
  close(): void
  scanned(outcome: ScanOutcome): Promise<void>
  simulateScan(): Promise<void>
  upload(): Promise<void>
  askRevoke(): void
  revoke(): Promise<void>
  query(): Promise<void>
  /** The slow fall-back beside events. */
  poll(): Promise<void>
  back(): void
  /** A key did nothing; the card says why. */
  refused(reason: string): void
  /** Answers what a scan asked. */
  answer(isYes: boolean): Promise<void>
  dropToken(words: string | null): void
  /** Everything scanned is gone at once, without a word: the window is locked. */
  forgetCode(): void
}

export type CounterState = CounterData & CounterActions

/** No charge open: what choosing, closing and the next patient start from. A scanned code never outlives its charge. */
export const NOTHING_OPEN = {
  foundByScan: false,
  medOrgOrd: null,
  charge: IDLE,
  order: null,
  token: null,
  busy: null,
  askingRevoke: false,
  question: null,
  firstReading: null,
  cue: null,
  failure: null,
} as const satisfies Partial<CounterData>
