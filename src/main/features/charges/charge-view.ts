import type { ChargeRecord } from '#main/store/charges.ts'
import { type FeeDetail, readFeeDetail } from '#shared/centre/fee-detail.ts'
import { isJsonObject, parseJson } from '#shared/centre/json.ts'
import type { Charge, ChargeSummary } from '#shared/contract/charges.ts'
import { maskIdNo } from '#shared/domain/masks.ts'
import { addFen, type Fen, sumYuanTextsToFen, ZERO_FEN } from '#shared/domain/money.ts'
import type { OrderState } from '#shared/domain/order-status.ts'

/** Reads a stored charge again. @throws when it cannot be read: only readable ones are stored. */
export function detailOf(record: ChargeRecord): FeeDetail {
  const data = parseJson(record.detailJson)?.value
  const read = isJsonObject(data) ? readFeeDetail(data) : undefined
  if (read?.ok !== true) throw new Error('a stored charge cannot be read')
  return read.value
}

/** What the patient is charged: inside and outside the catalogue. */
export function totalFen(detail: FeeDetail): Fen {
  return addFen(detail.medfeeSumamt, detail.outOfMIFee ?? ZERO_FEN)
}

export function summariseCharge(detail: FeeDetail, state: OrderState): ChargeSummary {
  return {
    medOrgOrd: detail.medOrgOrd,
    patientName: detail.userName,
    maskedIdNo: maskIdNo(detail.idNo),
    deptName: detail.deptName,
    drName: detail.drName ?? '',
    visitTime: detail.begntime?.text ?? '',
    visitAtMs: detail.begntime?.atMs ?? null,
    totalFen: totalFen(detail),
    state,
  }
}

export function presentCharge(detail: FeeDetail, state: OrderState, fetchedAtMs: number): Omit<Charge, 'feeChanged'> {
  return {
    ...summariseCharge(detail, state),
    catalogueFen: detail.medfeeSumamt,
    outOfCatalogueFen: detail.outOfMIFee ?? ZERO_FEN,
    prepaidBalanceFen: detail.prePaidBalc ?? ZERO_FEN,
    medType: detail.medType ?? '',
    insutype: detail.insutype ?? '',
    visitNo: detail.iptOtpNo ?? '',
    lines: detail.feedetailList.map((line) => ({
      feedetlSn: line.feedetlSn,
      name: line.medListName ?? line.medListCodg ?? line.feedetlSn,
      spec: line.medListSpc ?? '',
      code: line.medListCodg ?? '',
      price: line.pric,
      count: line.cnt,
      amount: line.detItemFeeSumamt,
    })),
    diagnoses: detail.diseinfoList.map((diagnosis) => ({
      code: diagnosis.diagCode ?? '',
      name: diagnosis.diagName,
      type: diagnosis.diagType ?? '',
      doctorName: diagnosis.diseDorName ?? '',
    })),
    fetchedAtMs,
    linesSumFen: sumYuanTextsToFen(detail.feedetailList.map((line) => line.detItemFeeSumamt)) ?? ZERO_FEN,
  }
}
