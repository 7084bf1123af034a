import type { ChargeRecord } from '#main/store/charges.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import { stringifyJson } from '#shared/centre/json.ts'
import { FRESH_PROOF, uploadedProof } from '#shared/domain/order-proof.ts'
import { settlementMessage } from '#simulator/replies.ts'
import { type FilledCharge, fillTemplate, inventTemplates } from './charges.ts'
import { APP_ID, centreOrder, snapshotOf } from './order-story.ts'
import { inventPersons } from './persons.ts'
import { createRandom } from './random.ts'

/** An order whose patient is about to pay, and the settlement result (2.2) that will say so. */
export interface PendingOrder {
  readonly record: OrderRecord
  readonly charge: ChargeRecord
  readonly settlement: string
}

/** Orders of one day, numbered from `first`; the same for the same numbers in every process. */
export function pendingOrders(first: number, count: number, day: string, atMs: number): readonly PendingOrder[] {
  const random = createRandom(first)
  const persons = inventPersons(random, 500)
  const templates = inventTemplates(random, 60)
  return Array.from({ length: count }, (_, index) => {
    const serial = first + index
    const medOrgOrd = `MZ${day.replaceAll('-', '')}${String(serial).padStart(6, '0')}`
    const filled = fillTemplate(random.pick(templates), random.pick(persons), medOrgOrd, day)
    const order = centreOrder(filled, serial, atMs)
    const settled = { ...order, ordStas: '6', settledAtMs: atMs, changedAtMs: atMs }
    return {
      record: pendingRecord(medOrgOrd, order.payOrdId, filled, atMs),
      charge: { medOrgOrd, idNo: filled.charge.idNo, detailJson: filled.detailJson, fetchedAtMs: atMs },
      settlement: stringifyJson(settlementMessage(settled, APP_ID)),
    }
  })
}

function pendingRecord(medOrgOrd: string, payOrdId: string, filled: FilledCharge, atMs: number): OrderRecord {
  return {
    ...{ medOrgOrd, payOrdId, state: 'uploaded', proof: uploadedProof(FRESH_PROOF), identityFailed: null },
    ...{
      attentionReason: null,
      attentionSinceMs: null,
      attentionNoted: null,
      rebuiltAtMs: null,
      cashierUrl: null,
      uploadedAtMs: atMs,
      payUntilMs: null,
    },
    charge: snapshotOf(filled),
    ...{ hiDocSn: null, hiRgstSn: null, settledAtMs: null, callbackAtMs: null, lastQueryAtMs: null },
    ...{ nextQueryAtMs: null, queryAttempts: 0, createdAtMs: atMs, updatedAtMs: atMs, feeFingerprint: null },
  }
}
