import type { JsonObject } from '#shared/centre/json.ts'

/** One refund that was done, with the answer it got. */
export interface DoneRefund {
  /** What was asked, without the number and the token; the same number with other content is refused. */
  readonly content: string
  readonly answer: JsonObject
}

/** The refunds by `appRefdSn`: a repeat answers the first answer and moves no money. */
export interface RefundBook {
  find(appRefdSn: string): DoneRefund | undefined
  record(appRefdSn: string, refund: DoneRefund): void
  all(): readonly (readonly [appRefdSn: string, refund: DoneRefund])[]
}

export function createRefundBook(
  known: ReturnType<RefundBook['all']> = [],
  onChange: () => void = () => undefined,
): RefundBook {
  const refunds = new Map<string, DoneRefund>(known)
  return {
    find: (appRefdSn) => refunds.get(appRefdSn),
    record(appRefdSn, refund) {
      refunds.set(appRefdSn, refund)
      onChange()
    },
    all: () => [...refunds],
  }
}
