import type { Health } from '#shared/contract/session.ts'
import type { Connection } from './transport.ts'

/**
 * Why no money action may start now, in words for the cashier; `null` when one may. The main process refuses the same;
 * this is told before the key is pressed.
 */
export function moneyBlock(health: Health | null, connection: Connection): string | null {
  if (connection === 'lost') return '与本机程序断开，正在重连；收费暂停'
  if (health === null) return '正在检查各处连接'
  if (health.store.state === 'down') return `本机库不可用（${health.store.words}）；收费暂停，请通知信息科`
  if (health.centre.state === 'down') return `连不上支付中心（${health.centre.words}）；收费暂停，查看照常`
  if (health.his.state === 'down') return `连不上医院系统（${health.his.words}）；收费暂停，查看照常`
  return null
}
