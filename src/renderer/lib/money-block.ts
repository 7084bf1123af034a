import type { Health } from '#shared/contract/session.ts'
import type { Connection } from './transport.ts'

/** What is about to be sent: only a charge needs the hospital's system. */
export type SendingAction = '收费' | '退款' | '通知'

/**
 * Why nothing may be sent to the centre now, in words for the cashier; `null` when it may. The main process refuses the
 * same; this is told before the key is pressed.
 */
export function moneyBlock(
  health: Health | null,
  connection: Connection,
  action: SendingAction = '收费',
): string | null {
  if (connection === 'lost') return `与本机程序断开，正在重连；${action}暂停`
  if (health === null) return '正在检查各处连接'
  if (health.store.state === 'down') return `本机库不可用（${health.store.words}）；${action}暂停，请通知信息科`
  if (health.centre.state === 'down') return `连不上支付中心（${health.centre.words}）；${action}暂停，查看照常`
  if (action === '收费' && health.his.state === 'down') {
    return `连不上医院系统（${health.his.words}）；收费暂停，查看照常`
  }
  return null
}
