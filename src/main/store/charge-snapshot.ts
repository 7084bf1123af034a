import type { FeeDetail } from '#shared/centre/fee-detail.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import type { ChargeSnapshot } from './order-record.ts'

/** What an order keeps of the hospital's charge (2.1). */
export function snapshotOf(detail: FeeDetail): ChargeSnapshot {
  return {
    patientName: detail.userName,
    idNo: detail.idNo,
    deptName: detail.deptName,
    drName: detail.drName ?? '',
    visitTime: detail.begntime?.text ?? '',
    chargeFen: detail.medfeeSumamt,
    chargeOutsideFen: detail.outOfMIFee ?? ZERO_FEN,
  }
}
