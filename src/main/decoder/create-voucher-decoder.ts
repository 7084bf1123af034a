import type { Settings } from '#shared/contract/settings.ts'
import { createHttpDecoder } from './http-decoder.ts'
import { createPassthroughDecoder } from './passthrough-decoder.ts'
import { createSimulatorDecoder } from './simulator-decoder.ts'
import type { VoucherDecoder } from './voucher-decoder.ts'

/** The decoder that the settings name. */
export function createVoucherDecoder({ scanner, centre, desk }: Settings): VoucherDecoder {
  switch (scanner.decoder) {
    case 'passthrough':
      return createPassthroughDecoder()
    case 'simulator':
      return createSimulatorDecoder()
    case 'http':
      return createHttpDecoder({
        service: scanner.http,
        orgCodg: centre.orgCodg,
        operatorName: desk.operatorName,
      })
  }
}
