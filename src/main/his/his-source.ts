import type { FeeDetail } from '#shared/centre/fee-detail.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import type { Result } from '#shared/domain/result.ts'

/** One pending charge as the hospital's system gave it. */
export interface HisCharge {
  /** What the desk reads of it. */
  readonly detail: FeeDetail
  /** The whole of 2.1's `data` as JSON text, every digit as it came: this is what the centre is given. */
  readonly detailJson: string
}

/** A settlement or refund for the hospital's system. */
export interface HisResult {
  /** The same over all tries. */
  readonly resultId: string
  readonly medOrgOrd: string
  /** Counts the results of one order, from 1. */
  readonly seq: number
  /** JSON text: the flat form of 2.2. */
  readonly body: string
}

export type HisAnswer<T> = Result<T, Failure<'HIS_UNREACHABLE'>>

/** Where pending charges come from, and where results go. Implementations: simulator, folder, http. */
export interface HisSource {
  /**
   * False where charges can be listed only by resident id (2.4): a search without one then asks no more than whether
   * the hospital's system is there, and answers none.
   */
  readonly listsAll: boolean
  /** All pending charges, or those of one resident id. */
  pendingCharges(filter: { readonly idNo?: string | undefined }): Promise<HisAnswer<readonly HisCharge[]>>
  /** One charge; `undefined` when the hospital's system does not know it. */
  charge(medOrgOrd: string): Promise<HisAnswer<HisCharge | undefined>>
  /** Tells the hospital's system of a result; ok only when it took it. */
  writeResult(result: HisResult): Promise<HisAnswer<void>>
  /** Ends what is under way. */
  close(): void | Promise<void>
}

/** What a source that watches by itself has found. down: nothing can be asked. warn: it works, and somebody should look. */
export interface HisTrouble {
  readonly state: 'down' | 'warn'
  /** zh-CN, names the setting. */
  readonly words: string
}

/** What a source may ask of this desk's memory; the store stands behind it. */
export interface HisMemory {
  /** The state of the order of this charge; `created` while nothing was sent. */
  orderState(medOrgOrd: string): OrderState
  /** Whether a result of this order was taken by the hospital's system before. */
  resultTaken(medOrgOrd: string): boolean
  readonly folderCharges: FolderCharges
}

/** Charges that came as files: the file is gone, so they are remembered here. */
export interface FolderCharges {
  find(medOrgOrd: string): FolderChargeRecord | undefined
  pending(idNo?: string): readonly FolderChargeRecord[]
  save(charge: FolderChargeRecord): void
  setState(medOrgOrd: string, state: FolderChargeRecord['state']): void
}

export interface FolderChargeRecord {
  readonly medOrgOrd: string
  readonly idNo: string
  readonly detailJson: string
  /** pending: to be paid. withdrawn: the hospital took it back. done: its result was written back. */
  readonly state: 'pending' | 'withdrawn' | 'done'
  readonly takenAtMs: number
}
