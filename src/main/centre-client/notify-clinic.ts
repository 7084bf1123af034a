import {
  readNotifyClinicReply,
  readNotifyClinicRequest,
  writeNotifyClinicRequest,
} from '#shared/centre/notify-clinic.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreClient, CentreOutcome } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.8. A write: one try within `writeTimeoutMs`. An empty channel is left out (quirk Q12). */
export async function notifyClinic(
  tools: CallTools,
  settings: CentreSettings,
  notice: Parameters<CentreClient['notifyClinic']>[0],
): Promise<CentreOutcome<{ readonly success?: unknown }>> {
  const { appId, orgCodg } = settings
  const channel = notice.channel === '' ? undefined : notice.channel
  const request = readNotifyClinicRequest(writeNotifyClinicRequest({ appId, orgCodg, ...notice, channel }))
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'write',
    path: settings.paths.notifyClinic,
    body: writeNotifyClinicRequest(request.value),
    deadlineMs: settings.writeTimeoutMs,
    read: readNotifyClinicReply,
    about: {},
  })
}
