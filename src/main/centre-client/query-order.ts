import {
  type QueryOrderReply,
  readQueryOrderReply,
  readQueryOrderRequest,
  writeQueryOrderRequest,
} from '#shared/centre/query-order.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreOutcome, OrderNumbers } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.3. A read: up to three tries within `queryTimeoutMs`. */
export async function queryOrder(
  tools: CallTools,
  settings: CentreSettings,
  numbers: OrderNumbers,
  about: OrderNumbers = numbers,
): Promise<CentreOutcome<QueryOrderReply>> {
  const { payOrdId, medOrgOrd } = numbers
  const request = readQueryOrderRequest(writeQueryOrderRequest({ appId: settings.appId, payOrdId, medOrgOrd }))
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'read',
    path: settings.paths.queryOrder,
    body: writeQueryOrderRequest(request.value),
    deadlineMs: settings.queryTimeoutMs,
    read: readQueryOrderReply,
    about,
  })
}
