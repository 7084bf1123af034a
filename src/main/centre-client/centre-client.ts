import type { BillType, DownloadBillReply } from '#shared/centre/download-bill.ts'
import type { MsgType } from '#shared/centre/notify-clinic.ts'
import type { QueryOrderReply } from '#shared/centre/query-order.ts'
import type { RefChannel, RefdType, RefundReply } from '#shared/centre/refund.ts'
import type { UploadFeesReply } from '#shared/centre/upload-fees.ts'
import type { WireDrift } from '#shared/centre/wire-drift.ts'

/** What went over the wire for one call, kept beside what was read from it. Never holds a token. */
export interface Exchange {
  readonly startedAtMs: number
  readonly elapsedMs: number
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /**
   * The answer's body as UTF-8 text, every character as it came but for a token of the request, which is masked where
   * the centre repeats it; null when there was no whole body or it was not UTF-8.
   */
  readonly replyBody: string | null
}

/** Why an outcome is not known: each may have reached the centre (money-safety.md, rule 2). */
export type UnknownReason = 'timeout' | 'connectionLost' | 'httpStatus' | 'unreadable' | 'foreign' | 'tooLarge'

/**
 * Every call ends in one of three outcomes. `failed` is proved: either nothing left this machine (`notSent`, may be
 * tried again) or the centre refused in a well-formed answer. `words` are zh-CN for the desk and carry nothing personal.
 */
export type CentreOutcome<T> =
  | {
      readonly outcome: 'succeeded'
      readonly value: T
      readonly drift: readonly WireDrift[]
      readonly exchange: Exchange
    }
  | {
      readonly outcome: 'failed'
      readonly reason: 'notSent' | 'refused'
      /** The centre's code; null when nothing was sent. */
      readonly code: string | null
      readonly words: string
      readonly exchange: Exchange
    }
  | { readonly outcome: 'unknown'; readonly reason: UnknownReason; readonly words: string; readonly exchange: Exchange }

export interface OrderNumbers {
  readonly payOrdId?: string | undefined
  readonly medOrgOrd?: string | undefined
}

/** What a look at the centre's base URL found. `skewMs`: its clock minus ours; null when it told no time. */
export type CentreProbe =
  | { readonly reachable: true; readonly answered: boolean; readonly skewMs: number | null }
  | { readonly reachable: false; readonly words: string }

/** The hospital's side of interfaces 1.x. Reads may try up to three times; writes are sent once. */
export interface CentreClient {
  /** 1.3. An answer that names another order than `about` (by default: than asked) is `unknown` (foreign). */
  queryOrder(numbers: OrderNumbers, about?: OrderNumbers): Promise<CentreOutcome<QueryOrderReply>>
  /** 1.6. */
  uploadFees(request: {
    readonly medOrgOrd: string
    readonly ecToken?: string | undefined
    readonly payAuthNo?: string | undefined
  }): Promise<CentreOutcome<UploadFeesReply>>
  /** 1.7. Foreign as in 1.3. */
  revokeUpload(numbers: OrderNumbers, about?: OrderNumbers): Promise<CentreOutcome<{ readonly success?: unknown }>>
  /** 1.4. The number `appRefdSn` is the caller's, minted once for one intent. An answer about another order is foreign. */
  refund(request: {
    readonly medOrgOrd: string
    readonly payOrdId?: string | undefined
    readonly appRefdSn: string
    readonly refdType: RefdType
    readonly refChannel: RefChannel
    readonly ecToken?: string | undefined
  }): Promise<CentreOutcome<RefundReply>>
  /** 1.8. */
  notifyClinic(notice: {
    readonly psnName: string
    /** psn_cert_type */
    readonly idType: string
    readonly idNo: string
    readonly msgType: MsgType
    /** Empty: the national insurance app only. */
    readonly channel: string
  }): Promise<CentreOutcome<{ readonly success?: unknown }>>
  /** 1.5: where the bill of one day (`YYYY-MM-DD`) is; the GET of it is `fetch-bill.ts`'s. */
  downloadBill(bill: {
    readonly billDate: string
    readonly billType: BillType
  }): Promise<CentreOutcome<DownloadBillReply>>
  /** Whether the centre can be reached at all; moves nothing. At most 3 s. */
  probe(): Promise<CentreProbe>
  /** Ends what is under way (a write then is unknown, or not sent), and releases sockets. */
  close(): void
}
