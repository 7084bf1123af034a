import {
  type BillType,
  type DownloadBillReply,
  readDownloadBillReply,
  readDownloadBillRequest,
  writeDownloadBillRequest,
} from '#shared/centre/download-bill.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreOutcome } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.5. A read: it asks where the bill is; fetching it is `BillFetcher`'s. @param billDate `YYYY-MM-DD` */
export async function downloadBill(
  tools: CallTools,
  settings: CentreSettings,
  { billDate, billType }: { readonly billDate: string; readonly billType: BillType },
): Promise<CentreOutcome<DownloadBillReply>> {
  const { appId, orgCodg } = settings
  const request = readDownloadBillRequest(writeDownloadBillRequest({ appId, orgCodg, billDate, billType }))
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'read',
    path: settings.paths.downloadBill,
    body: writeDownloadBillRequest(request.value),
    deadlineMs: settings.queryTimeoutMs,
    read: readDownloadBillReply,
    about: {},
  })
}
