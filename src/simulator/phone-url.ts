import type { CentreOrder } from './orders.ts'

/** Where the patient's phone goes: `cashierUrl` of 1.6, and where 1.2 leads. */
export function phonePath(order: CentreOrder): string {
  return `/phone/${order.payToken}`
}

export function phoneUrl(baseUrl: string, order: CentreOrder): string {
  return `${baseUrl}${phonePath(order)}`
}
