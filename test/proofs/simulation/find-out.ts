import type Database from 'better-sqlite3'
import type { VirtualCentre } from './centre.ts'
import type { Ledger } from './ledger.ts'

/** What a person who asks the centre learns about an operation whose outcome is unknown. */
export interface Finding {
  readonly operationId: string
  readonly kind: string
  readonly happened: boolean
}

interface UnknownOperation {
  readonly id: string
  readonly kind: string
  readonly prepared_at_ms: number
  readonly refd_type: string | null
}

/** @returns undefined when no outcome of this order is unknown. */
export function findOut(
  reader: Database.Database,
  medOrgOrd: string,
  centre: VirtualCentre,
  ledger: Ledger,
): Finding | undefined {
  const operation = reader
    .prepare<[string], UnknownOperation>(
      `SELECT id, kind, prepared_at_ms, refd_type FROM operation LEFT JOIN refund ON refund.operation_id = operation.id
       WHERE operation.med_org_ord = ? AND state = 'unknown'`,
    )
    .get(medOrgOrd)
  if (operation === undefined) return undefined
  return {
    operationId: operation.id,
    kind: operation.kind,
    happened: hasHappened(operation, medOrgOrd, centre, ledger),
  }
}

function hasHappened(
  { kind, prepared_at_ms, refd_type }: UnknownOperation,
  medOrgOrd: string,
  centre: VirtualCentre,
  ledger: Ledger,
): boolean {
  const order = centre.order(medOrgOrd)
  if (order === undefined) return false
  if (kind === 'upload') return order.uploadedAtMs >= prepared_at_ms
  if (kind === 'revoke') return order.ordStas === '12'
  const wanted = refd_type === 'CASH' ? ['cash'] : refd_type === 'HI' ? ['insurance'] : ['insurance', 'cash']
  return ledger.refunds.some(({ payOrdId, leg }) => payOrdId === order.payOrdId && wanted.includes(leg))
}
