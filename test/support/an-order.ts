import type { CentreStatement } from '#main/store/order-evidence.ts'
import { type ChargeSnapshot, freshRecord, type OrderRecord } from '#main/store/order-record.ts'
import { fen } from '#shared/domain/money.ts'

export const A_CHARGE: ChargeSnapshot = {
  patientName: '林小满',
  idNo: '99010119900101001X',
  deptName: '内科',
  drName: '周知行',
  visitTime: '2026-11-23 09:00:00',
  chargeFen: fen(4009),
  chargeOutsideFen: fen(100),
}

/** An order of which the centre has said nothing. */
export function anOrder(over: Partial<OrderRecord> = {}): OrderRecord {
  return { ...freshRecord('MZ1', A_CHARGE, 1_000_000), ...over }
}

/** A settlement of 40.09 that adds up, as a callback tells it. */
export function aStatement(over: Partial<CentreStatement> = {}): CentreStatement {
  return {
    source: 'callback',
    ordStas: '6',
    setlType: 'ALL',
    payOrdId: 'ORD1',
    hiDocSn: 'S1',
    hiRgstSn: 'R1',
    amounts: {
      feeSumFen: fen(4009),
      fundFen: fen(2150),
      accountFen: fen(0),
      ownPayFen: fen(1959),
      outOfCatalogueFen: fen(100),
      prepaidFen: fen(0),
    },
    ...over,
  }
}
