import { type RefundReply, readRefundReply, readRefundRequest, writeRefundRequest } from '#shared/centre/refund.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { type CallTools, callCentre, neverSent } from './call.ts'
import type { CentreClient, CentreOutcome } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'

/** Interface 1.4. A write: one try within `writeTimeoutMs`. Named by the centre's number where it is known. */
export async function refund(
  tools: CallTools,
  settings: CentreSettings,
  { medOrgOrd, payOrdId, ...rest }: Parameters<CentreClient['refund']>[0],
): Promise<CentreOutcome<RefundReply>> {
  const request = readRefundRequest(
    writeRefundRequest({
      appId: settings.appId,
      medOrgOrd: payOrdId === undefined ? medOrgOrd : undefined,
      payOrdId,
      appRefdSn: rest.appRefdSn,
      refChannel: rest.refChannel,
      refdType: rest.refdType,
      ecToken: rest.ecToken,
    }),
  )
  if (!request.ok) return neverSent(tools.clock, describeProblems(request.problems))
  return callCentre(tools, {
    kind: 'write',
    path: settings.paths.refund,
    body: writeRefundRequest(request.value),
    deadlineMs: settings.writeTimeoutMs,
    read: readRefundReply,
    about: { medOrgOrd },
    secrets: [request.value.ecToken],
  })
}
