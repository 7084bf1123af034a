import type { KeyAction } from '../../lib/keymap.ts'

/** Every word about the steps of a payment at the counter. */

/** What the counter is doing; the order's own state is told beside it. */
export const COUNTER_STEPS = [
  'choose',
  'scan',
  'confirm',
  'uploading',
  'revoking',
  'paying',
  'expired',
  'settled',
  'half',
  'unknown',
  'review',
] as const

export type CounterStep = (typeof COUNTER_STEPS)[number]

interface StepWords {
  readonly title: string
  /** `null`: the order's own words are said. */
  readonly patient: string | null
  readonly next: { readonly key: KeyAction | null; readonly words: string }
}

const step = (title: string, patient: string | null, key: KeyAction | null, next: string): StepWords => ({
  title,
  patient,
  next: { key, words: next },
})

export const STEP_WORDS: Readonly<Record<CounterStep, StepWords>> = {
  choose: step('选择患者', '请出示身份证或就诊号', 'find', '查找患者，↑↓ 选择，Enter 选定'),
  scan: step('待扫码', null, null, '扫患者的医保电子凭证'),
  confirm: step('已扫码，待上传', '请稍候，准备上传费用', 'confirm', '上传费用'),
  uploading: step('正在上传', '请稍候，正在上传费用', null, '请等待中心答复，不要离开'),
  revoking: step('正在撤销', '请稍候，正在撤销', null, '请等待中心答复'),
  paying: step('等待患者支付', null, 'query', '查询支付结果（也会自动查询）'),
  expired: step('支付时间已到', '还没收到付款，请看手机', 'query', '查询结果，再决定是否撤销'),
  settled: step('收费完成', null, 'enter', '下一位患者'),
  half: step('还差一部分', null, 'query', '再查一次，请患者留步'),
  unknown: step('等待查明', null, 'query', '立即查询，不要再次收费'),
  review: step('需要核对', null, 'query', '查询最新结果，或按 Esc 返回'),
}

/** While it is asked whether an upload is to be revoked. */
export const REVOKE_NEXT = { key: 'confirm', words: '确定撤销；不撤销按 Esc' } as const

/** The hospital's charge changed after the upload. */
export const FEE_CHANGED_WORDS = {
  name: '费用已变化',
  cashier: '医院系统里的费用与上传的不同，患者付款前请撤销并重新上传',
  action: '撤销并重新上传',
  scan: '请扫患者的医保电子凭证',
  patient: '请再出示医保电子凭证',
} as const

/** While nothing may be collected, whatever the step would have said. */
export const BLOCKED_WORDS = { patient: '网络不通，请稍候', next: '收费暂停，等连接恢复；查看照常' } as const
