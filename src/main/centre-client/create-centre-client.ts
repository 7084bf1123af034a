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

/** The client over a transport to the centre's base URL, which it closes. */
export function createCentreClient(settings: CentreSettings, tools: CallTools): CentreClient {
  const { transport, clock } = tools
  return {
    queryOrder: (numbers, about) => queryOrder(tools, settings, numbers, about),
    uploadFees: (upload) => uploadFees(tools, settings, upload),
    revokeUpload: (numbers, about) => revokeUpload(tools, settings, numbers, about),
    refund: (request) => refund(tools, settings, request),
    notifyClinic: (notice) => notifyClinic(tools, settings, notice),
    downloadBill: (bill) => downloadBill(tools, settings, bill),
    probe: () => probeCentre(transport, clock),
    close: () => transport.close(),
  }
}
