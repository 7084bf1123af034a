import type { JsonObject } from '#shared/centre/json.ts'
import { readRevokeUploadRequest } from '#shared/centre/revoke-upload.ts'
import { readUploadFeesRequest, type UploadFeesRequest } from '#shared/centre/upload-fees.ts'
import { ok } from '#shared/domain/result.ts'
import { checkApp, findOrder } from './desk-checks.ts'
import { type CentreOrder, isClosedUnpaid, isOpen, type MiniProgramVisit } from './orders.ts'
import { phoneUrl } from './phone-url.ts'
import { type Answer, refuse, refuseProblems } from './refusals.ts'
import { doneReply, uploadReply } from './replies.ts'
import type { World } from './world.ts'

/** 1.6: checks the request, asks the hospital for the lines (2.1), and opens an order that waits for the patient. */
export async function uploadFees(world: World, bodyText: string): Promise<Answer<JsonObject>> {
  const read = readUploadFeesRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const checked = checkApp(world, read.value.appId)
  if (!checked.ok) return checked
  if (!isPlausible(read.value)) return refuse('TOKEN_IMPLAUSIBLE')
  const opened = await openOrder(world, read.value.medOrgOrd, null)
  return opened.ok ? ok(uploadReply(opened.value, phoneUrl(world.baseUrl(), opened.value))) : opened
}

/** Opens an order for the window (1.6) or for the mini-program (1.2): one hospital order, one open payment. */
export async function openOrder(
  world: World,
  medOrgOrd: string,
  miniProgram: MiniProgramVisit | null,
): Promise<Answer<CentreOrder>> {
  const { book } = world
  const before = book.byMedOrgOrd(medOrgOrd)
  if (book.isHeld(medOrgOrd) || (before !== undefined && isOpen(before))) return refuse('ORDER_OPEN')
  if (before !== undefined && !isClosedUnpaid(before)) return refuse('ORDER_PAID', '订单已支付，不能再次上传')
  book.hold(medOrgOrd)
  try {
    const charge = await world.callbacks.fetchCharge(medOrgOrd)
    if (!charge.ok) return charge
    const order = book.open(charge.value, miniProgram, world.clock.now())
    world.payments.await(order)
    return ok(order)
  } finally {
    book.release(medOrgOrd)
  }
}

/** 1.7: legal while the patient has not paid. */
export function revokeUpload(world: World, bodyText: string): Answer<JsonObject> {
  const read = readRevokeUploadRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const found = findOrder(world, read.value)
  if (!found.ok) return found
  const order = found.value
  if (isClosedUnpaid(order)) return refuse('ORDER_CLOSED', '订单已撤销或已失败，无需撤销')
  if (!isOpen(order)) return refuse('ORDER_PAID', '订单已支付，不能撤销，请走退款')
  world.book.change(order.payOrdId, { ordStas: '12', changedAtMs: world.clock.now() })
  return ok(doneReply())
}

/** The forms seen in the wild: 38 characters of e-voucher, 30 opaque characters, AUTH and 27 digits; never blanks. */
function isPlausible(request: UploadFeesRequest): boolean {
  const isCode = (text: string | undefined) => text === undefined || /^[\x21-\x7e]{20,64}$/.test(text)
  return isCode(request.ecToken) && isCode(request.payAuthNo)
}
