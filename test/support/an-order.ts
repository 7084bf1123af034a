import type { CentreStatement } from '#main/store/order-evidence.ts'
import type { ChargeSnapshot, OrderRecord } from '#main/store/order-record.ts'
import { fen } from '#shared/domain/money.ts'
import { FRESH_PROOF } from '#shared/domain/order-proof.ts'

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
  return {
    medOrgOrd: 'MZ1',
    payOrdId: null,
    state: 'created',
    proof: FRESH_PROOF,
    identityFailed: null,
    attentionReason: null,
    attentionSinceMs: null,
    attentionNoted: null,
    charge: A_CHARGE,
    cashierUrl: null,
    uploadedAtMs: null,
    payUntilMs: null,
    hiDocSn: null,
    hiRgstSn: null,
    settledAtMs: null,
    callbackAtMs: null,
    lastQueryAtMs: null,
    nextQueryAtMs: null,
    queryAttempts: 0,
    createdAtMs: 1_000_000,
    updatedAtMs: 1_000_000,
    feeFingerprint: null,
    rebuiltAtMs: null,
    ...over,
  }
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
