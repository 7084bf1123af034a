import { readDownloadBillRequest } from '#shared/centre/download-bill.ts'
import type { JsonObject } from '#shared/centre/json.ts'
import { readNotifyClinicRequest } from '#shared/centre/notify-clinic.ts'
import { readQueryOrderRequest } from '#shared/centre/query-order.ts'
import { readObject } from '#shared/centre/wire-read.ts'
import { ok } from '#shared/domain/result.ts'
import { checkApp, findOrder } from './desk-checks.ts'
import { type Answer, refuse, refuseProblems } from './refusals.ts'
import { dataReply, doneReply, queryReply } from './replies.ts'
import type { World } from './world.ts'

/** 1.3. */
export function queryOrder(world: World, bodyText: string): Answer<JsonObject> {
  const read = readQueryOrderRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const found = findOrder(world, read.value)
  return found.ok ? ok(queryReply(found.value, world.options.orgName)) : found
}

/** 1.5: a ticket for the bill; the URL's GET writes it. */
export function downloadBill(world: World, bodyText: string): Answer<JsonObject> {
  const read = readDownloadBillRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const checked = checkApp(world, read.value.appId)
  if (!checked.ok) return checked
  if (read.value.orgCodg !== world.options.orgCodg) return refuse('ORG_UNKNOWN')
  if (!writesCompactDay(bodyText)) {
    return refuseProblems('MALFORMED', [{ path: 'billDate', expected: '应为 yyyyMMdd' }])
  }
  const { billDate, billType } = read.value
  return ok(dataReply({ downloadUrl: `${world.baseUrl()}/bill/${world.bills.issue({ billDate, billType })}` }))
}

/** The reader takes every spelling of a day; the document allows one, and this side is strict. */
function writesCompactDay(bodyText: string): boolean {
  const body = readObject(bodyText)
  return body.ok && typeof body.value.billDate === 'string' && /^\d{8}$/.test(body.value.billDate)
}

const CHANNELS = ['all', 'local', '11', '12', '13']

/** 1.8. */
export function notifyClinic(world: World, bodyText: string): Answer<JsonObject> {
  const read = readNotifyClinicRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const checked = checkApp(world, read.value.appId)
  if (!checked.ok) return checked
  if (read.value.orgCodg !== world.options.orgCodg) return refuse('ORG_UNKNOWN')
  const { channel } = read.value
  if (channel !== undefined && !CHANNELS.includes(channel)) {
    return refuseProblems('MALFORMED', [{ path: 'channel', expected: `应为空或 ${CHANNELS.join('、')}` }])
  }
  return ok(doneReply())
}
