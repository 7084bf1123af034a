import {
  readRevokeUploadReply,
  readRevokeUploadRequest,
  writeRevokeUploadRequest,
} from '#shared/centre/revoke-upload.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreOutcome, OrderNumbers } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.7. A write: one try within `writeTimeoutMs`. */
export async function revokeUpload(
  tools: CallTools,
  settings: CentreSettings,
  numbers: OrderNumbers,
  about: OrderNumbers = numbers,
): Promise<CentreOutcome<{ readonly success?: unknown }>> {
  const { payOrdId, medOrgOrd } = numbers
  const request = readRevokeUploadRequest(writeRevokeUploadRequest({ appId: settings.appId, payOrdId, medOrgOrd }))
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'write',
    path: settings.paths.revokeUpload,
    body: writeRevokeUploadRequest(request.value),
    deadlineMs: settings.writeTimeoutMs,
    read: readRevokeUploadReply,
    about,
  })
}
