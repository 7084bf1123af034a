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

/** What still lacks before it can be confirmed. */
export const DECISION_LACKS = ['outcome', 'evidenceKind', 'evidenceNumber', 'note', 'tail'] as const
export type DecisionLack = (typeof DECISION_LACKS)[number]
export const DECISION_LACK_WORDS: Readonly<Record<DecisionLack, string>> = {
  outcome: '请选择查证的结论',
  evidenceKind: '请选择依据',
  evidenceNumber: '请填写依据的号码',
  note: '请写明查证的经过，至少 5 个字',
  tail: '单号后四位不对，请核对是不是这个订单',
}

export const DECISION_WORDS = {
  decide: '人工判定',
  note: '记下处理结果',
  decideTitle: '人工判定未知结果',
  noteTitle: '记下处理结果，结束提醒',
  decideNote: '只在向中心查证以后使用。判定记录永久保存；中心以后的答复与它相反时，订单转入存疑。',
  noteNote: '只结束提醒：订单的状态和金额不变，记录永久保存。',
  tooEarly: '还在自动查询：至少查 5 次并满 2 分钟，才能判定',
} as const

/** What F10 does in the form, and then in its second question: on the button, in the line below, and in the help. */
export const DECISION_STEP_WORDS = { form: '去确认', question: '确定，记入订单' } as const
