import type { FeeDetail } from '#shared/centre/fee-detail.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import type { Result } from '#shared/domain/result.ts'

/** One pending charge as the hospital's system gave it. */
export interface HisCharge {
  /** What the desk reads of it. */
  readonly detail: FeeDetail
  /** The whole of 2.1's `data` as JSON text, every digit as it came: this is what the centre is given. */
  readonly detailJson: string
}

export type HisAnswer<T> = Result<T, Failure<'HIS_UNREACHABLE'>>

/** Where pending charges come from. Implementations: simulator, folder, http. */
export interface HisSource {
  /** All pending charges, or those of one resident id. */
  pendingCharges(filter: { readonly idNo?: string | undefined }): Promise<HisAnswer<readonly HisCharge[]>>
  /** One charge; `undefined` when the hospital's system does not know it. */
  charge(medOrgOrd: string): Promise<HisAnswer<HisCharge | undefined>>
  close(): void
}
