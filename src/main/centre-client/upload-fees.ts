import {
  readUploadFeesReply,
  readUploadFeesRequest,
  type UploadFeesReply,
  writeUploadFeesRequest,
} from '#shared/centre/upload-fees.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreClient, CentreOutcome } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.6. A write: one try within `writeTimeoutMs`. The centre asks us for the fee lines (2.1) meanwhile. */
export async function uploadFees(
  tools: CallTools,
  settings: CentreSettings,
  upload: Parameters<CentreClient['uploadFees']>[0],
): Promise<CentreOutcome<UploadFeesReply>> {
  const { medOrgOrd, ecToken, payAuthNo } = upload
  const request = readUploadFeesRequest(
    writeUploadFeesRequest({ appId: settings.appId, medOrgOrd, ecToken, payAuthNo }),
  )
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'write',
    path: settings.paths.uploadFees,
    body: writeUploadFeesRequest(request.value),
    deadlineMs: settings.writeTimeoutMs,
    read: readUploadFeesReply,
    // Not by payOrdId: the centre gives it in this answer.
    about: { medOrgOrd: request.value.medOrgOrd },
    secrets: [request.value.ecToken, request.value.payAuthNo],
  })
}
