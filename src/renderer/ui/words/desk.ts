import type { HealthState } from '#shared/contract/session.ts'
import type { Environment } from '#shared/contract/settings.ts'

/** Every word about the desk itself: its environment, and whether what it needs works. */

export const ENVIRONMENT_WORDS: Readonly<Record<Environment, { readonly name: string; readonly note: string }>> = {
  production: { name: '生产', note: '真实收费' },
  test: { name: '测试', note: '测试环境，不是真实收费' },
  simulated: { name: '模拟', note: '虚构患者，不发生任何真实收费' },
}

export const HEALTH_WORDS: Readonly<Record<HealthState, string>> = {
  ok: '正常',
  warn: '注意',
  down: '断开',
  idle: '未试',
}

export const HEALTH_NAMES = { centre: '支付中心', listener: '通知接收', his: '医院系统', store: '本机库' } as const

/** F8: the window hides everything until somebody opens it. */
export const LOCK_WORDS = {
  title: '窗口已锁定',
  note: '正在办理的收费由本机继续，解锁后显示结果；锁定时扫码没有作用',
  pin: '解锁码',
  pinFirst: '先输入解锁码',
  unlock: '解锁',
} as const

/** A scanner that is reached without the keyboard was connected and has gone. */
export const SCANNER_LOST = '扫码枪已断开，请检查插头'
