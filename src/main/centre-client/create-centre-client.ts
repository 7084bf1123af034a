import { createTransport } from '#main/http/transport.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { CallTools } from './call.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreSettings } from './centre-settings.ts'
import { downloadBill } from './download-bill.ts'
import { notifyClinic } from './notify-clinic.ts'
import { probeCentre } from './probe.ts'
import { queryOrder } from './query-order.ts'
import { refund } from './refund.ts'
import { revokeUpload } from './revoke-upload.ts'
import { uploadFees } from './upload-fees.ts'

/** @param random from 0 to below 1, spreads the retries of reads. */
export function createCentreClient(settings: CentreSettings, clock: Clock, random: () => number): CentreClient {
  const transport = createTransport(settings.baseUrl)
  const tools: CallTools = { transport, clock, random }
  return {
    queryOrder: (numbers) => queryOrder(tools, settings, numbers),
    uploadFees: (upload) => uploadFees(tools, settings, upload),
    revokeUpload: (numbers) => revokeUpload(tools, settings, numbers),
    refund: (request) => refund(tools, settings, request),
    notifyClinic: (notice) => notifyClinic(tools, settings, notice),
    downloadBill: (bill) => downloadBill(tools, settings, bill),
    probe: () => probeCentre(transport, clock),
    close: () => transport.close(),
  }
}
