import type { QueryOrderReply } from '#shared/centre/query-order.ts'
import type { UploadFeesReply } from '#shared/centre/upload-fees.ts'
import type { WireDrift } from '#shared/centre/wire-read.ts'

/** What went over the wire for one call, kept beside what was read from it. Never holds a token. */
export interface Exchange {
  readonly startedAtMs: number
  readonly elapsedMs: number
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /** The answer's body byte for byte as UTF-8 text; null when there was none or it was not UTF-8. */
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

/** The hospital's side of interfaces 1.x. Reads may try up to three times; writes are sent once. */
export interface CentreClient {
  /** 1.3. An answer about another order than asked is `unknown` (foreign). */
  queryOrder(numbers: OrderNumbers): Promise<CentreOutcome<QueryOrderReply>>
  /** 1.6. */
  uploadFees(request: {
    readonly medOrgOrd: string
    readonly ecToken?: string | undefined
    readonly payAuthNo?: string | undefined
  }): Promise<CentreOutcome<UploadFeesReply>>
  /** 1.7. */
  revokeUpload(numbers: OrderNumbers): Promise<CentreOutcome<{ readonly success?: unknown }>>
  /** Releases sockets. */
  close(): void
}
