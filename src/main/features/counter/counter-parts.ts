import type { CentreClient } from '#main/centre-client/centre-client.ts'
import type { VoucherDecoder } from '#main/decoder/voucher-decoder.ts'
import type { HisCharge } from '#main/his/his-source.ts'
import type { Store } from '#main/store/store.ts'
import type { Environment } from '#shared/contract/settings.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import type { Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { ScanMemory } from './scan-memory.ts'

/** Where the link of 1.2 leads, and what of us stands in it. */
export interface CashierPage {
  /** Base URL and path joined. */
  readonly url: string
  readonly appId: string
  /** Where this desk receives 2.3; undefined while its listener does not listen. */
  readonly notifyUrl: () => string | undefined
}

/** What the counter's use cases work with. */
export interface CounterParts {
  readonly store: Store
  readonly centre: CentreClient
  readonly clock: Clock
  readonly environment: Environment
  /** How long the desk expects a patient to need. */
  readonly payWithinMs: number
  readonly cashierPage: CashierPage
  readonly decoder: VoucherDecoder
  /** Whose the tokens are that the decoder delivered. */
  readonly scans: ScanMemory
  /** A code as this person's phone would show it; exists where e-vouchers are simulated. */
  readonly inventedCode: (idNo: string) => string | undefined
  /** The charge as the hospital's system has it now. */
  readonly fetchCharge: (
    medOrgOrd: string,
  ) => Promise<Result<HisCharge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>>
  /** Gives effect to settlements that came before the order was known here: it may be paid already. */
  readonly onOrderOpened: (medOrgOrd: string) => void
}
