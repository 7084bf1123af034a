import type { Decision } from '#shared/contract/decisions.ts'
import type { DecisionOutcome, EvidenceKind } from '#shared/domain/decision.ts'
import type { OperationKind } from '#shared/domain/order-view.ts'

/** Every word about what a person decides or notes. A missing entry does not compile. */

export const OUTCOME_WORDS: Readonly<Record<Decision['outcome'], string>> = {
  happened: '确已发生',
  didNotHappen: '没有发生',
  noted: '已记下',
}

/** What each answer says of each kind of operation, so that nobody answers another question than was asked. */
export const OUTCOME_MEANS: Readonly<Record<OperationKind, Readonly<Record<DecisionOutcome, string>>>> = {
  upload: {
    happened: '费用上传已到中心：不再上传，等患者支付',
    didNotHappen: '费用上传没有到中心：可以重新扫码上传',
  },
  revoke: { happened: '已在中心撤销：可以重新上传', didNotHappen: '没有撤销：患者仍可支付' },
  refund: { happened: '钱已退给患者：不再退', didNotHappen: '钱没有退：可以重新退款' },
  notice: { happened: '通知已送达', didNotHappen: '通知没有送达' },
}

export const EVIDENCE_WORDS: Readonly<Record<EvidenceKind, string>> = {
  payOrdId: '中心订单号',
  setlId: '医保交易号 setl_id',
  telephone: '中心电话答复',
  billRow: '对账单上的一行',
}
