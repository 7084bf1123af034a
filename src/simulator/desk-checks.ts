import { ok } from '#shared/domain/result.ts'
import type { CentreOrder } from './orders.ts'
import { type Answer, refuse } from './refusals.ts'
import type { World } from './world.ts'

/** The application must be the one that is registered here. */
export function checkApp(world: World, appId: string): Answer<null> {
  return appId === world.options.appId ? ok(null) : refuse('APP_UNKNOWN')
}

/** The order that a request of 1.3, 1.4 or 1.7 names by either number, or by both if they agree. */
export function findOrder(
  world: World,
  request: { readonly appId: string; readonly payOrdId?: string | undefined; readonly medOrgOrd?: string | undefined },
): Answer<CentreOrder> {
  const checked = checkApp(world, request.appId)
  if (!checked.ok) return checked
  const { payOrdId, medOrgOrd } = request
  const order = payOrdId === undefined ? world.book.byMedOrgOrd(medOrgOrd ?? '') : world.book.byPayOrdId(payOrdId)
  if (order === undefined) return refuse('ORDER_UNKNOWN')
  if (medOrgOrd !== undefined && order.medOrgOrd !== medOrgOrd) return refuse('ORDER_NUMBERS_DIFFER')
  return ok(order)
}
