import type { Charge, ChargeSummary } from '#shared/contract/charges.ts'
import type { Order } from '#shared/contract/orders.ts'
import { IDLE, type Remote } from '../../lib/remote.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import type { HeldToken } from '../../lib/scanner/held-token.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-decoder.ts'
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
  dropToken(words: string | null): void
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
  cue: null,
  failure: null,
} as const satisfies Partial<CounterData>
