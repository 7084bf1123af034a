import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CentreOrder, isOpen } from '#simulator/orders.ts'
import type { VirtualCentre } from './centre.ts'
import type { Life } from './desk.ts'
import type { VirtualHospital } from './hospital.ts'
import type { Ledger } from './ledger.ts'
import { type OrderLine, readOrders } from './watch.ts'

/** What the desk may say of an order whose truth at the centre is this code, without a person being called. */
const AGREEING: Readonly<Record<string, readonly string[]>> = {
  '1': ['uploaded', 'paying'],
  '2': ['uploaded', 'paying'],
  '5': ['settled'],
  '6': ['settled'],
  '7': ['refunded'],
  '12': ['revoked'],
  '15': ['failed'],
}

/** Rule 15's "every unknown ends resolved or with a person", and that nobody is left with a wrong belief. */
export function lookAtEnds(ledger: Ledger, life: Life): void {
  const { reader } = life
  const open = reader
    .prepare<[], { med_org_ord: string; kind: string; state: string; attention: string | null }>(
      `SELECT operation.med_org_ord, kind, operation.state, attention_reason AS attention
       FROM operation JOIN orders USING (med_org_ord) WHERE operation.state IN ('prepared', 'sent', 'unknown')`,
    )
    .all()
  for (const { med_org_ord, kind, state, attention } of open) {
    if (state !== 'unknown' || attention === null) {
      ledger.violate('every unknown ends resolved or with a person', `${kind} of ${med_org_ord} ended ${state}`)
    }
  }
  const notices = reader.prepare(`SELECT count(*) FROM notice WHERE state IN ('prepared', 'sent')`).pluck().get()
  if (notices !== 0) ledger.violate('every unknown ends resolved or with a person', `${notices} notices are under way`)
}

/** With everything asked once more: what the desk says is true, or a person is called. */
export function lookAtTruth(ledger: Ledger, life: Life, centre: VirtualCentre): void {
  for (const order of readOrders(life.reader)) {
    const truth = centre.order(order.med_org_ord)
    if (order.attention_reason !== null || isUnmoved(order, truth)) continue
    const agreeing = AGREEING[truth?.ordStas ?? '']
    if (agreeing === undefined || !agreeing.includes(order.state)) {
      ledger.violate(
        'true, or with a person',
        `${order.med_org_ord} is ${order.state}; at the centre ${truth?.ordStas}`,
      )
    }
  }
}

/** Nothing is open there but, at most, a payment that the patient began by himself; and the desk believes no more. */
function isUnmoved(order: OrderLine, truth: CentreOrder | undefined): boolean {
  const opensByHimself = truth !== undefined && truth.miniProgram !== null && isOpen(truth)
  return (truth === undefined || opensByHimself) && ['created', 'failed', 'revoked'].includes(order.state)
}

/** The hospital's system knows every settlement and refund that the desk has proved. */
export function lookAtHospital(ledger: Ledger, life: Life, hospital: VirtualHospital): void {
  for (const { med_org_ord, proved_state } of readOrders(life.reader)) {
    const last = hospital.taken.findLast(({ medOrgOrd }) => medOrgOrd === med_org_ord)?.resultType
    const due = RESULTS[proved_state]
    if (due !== undefined && last !== due) {
      ledger.violate(
        'the hospital is told',
        `${med_org_ord} is ${proved_state}; the hospital knows ${last ?? 'nothing'}`,
      )
    }
  }
}

const RESULTS: Readonly<Record<string, string>> = {
  settled: 'settlement',
  partlyRefunded: 'refund',
  refunded: 'refund',
}

/** No scanned token stands in any file that this life wrote. */
export function lookForTokens(ledger: Ledger, folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const token of ledger.tokens) {
      if (bytes.includes(token)) ledger.violate('no token on disk', `${file.name} holds a scanned token`)
    }
  }
}
