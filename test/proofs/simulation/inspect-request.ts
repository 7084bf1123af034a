import type Database from 'better-sqlite3'
import type { VirtualDesk } from './desk.ts'
import type { Ledger } from './ledger.ts'
import type { RequestInterface } from './steps.ts'

/** A request at the moment it leaves the desk. */
export interface LeavingRequest {
  readonly ledger: Ledger
  readonly desk: VirtualDesk
  readonly interfaceId: RequestInterface
  readonly medOrgOrd: string
  readonly body: string
}

const KINDS: Readonly<Partial<Record<RequestInterface, string>>> = { '1.4': 'refund', '1.6': 'upload', '1.7': 'revoke' }

/**
 * Rules 1, 3 and 4, at the last moment: what is about to leave is committed in the journal as `sent`, nothing else is
 * open for the order, no other request left under this operation, and a refund goes under the number of its operation.
 */
export function inspectRequest(request: LeavingRequest): void {
  const reader = request.desk.life?.reader
  if (reader === undefined || request.interfaceId === '1.3') return
  const kind = KINDS[request.interfaceId]
  if (kind === undefined) inspectNotice(reader, request)
  else inspectOperation(reader, kind, request)
}

interface OpenOperation {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly app_refd_sn: string | null
}

const OPEN = `SELECT id, kind, state, app_refd_sn FROM operation LEFT JOIN refund ON refund.operation_id = operation.id
  WHERE operation.med_org_ord = ? AND state IN ('prepared', 'sent', 'unknown')`

function inspectOperation(reader: Database.Database, kind: string, request: LeavingRequest): void {
  const { ledger, medOrgOrd, interfaceId, body } = request
  const open = reader.prepare<[string], OpenOperation>(OPEN).all(medOrgOrd)
  const journalled = open.find((operation) => operation.kind === kind && operation.state === 'sent')
  if (journalled === undefined) {
    ledger.violate('journal before send', `${interfaceId} of ${medOrgOrd} is not in the journal`)
    return
  }
  if (open.length > 1) {
    ledger.violate('nothing beside an open operation', `${interfaceId} of ${medOrgOrd} beside ${open.length - 1} open`)
  }
  if (ledger.sentOperations.has(journalled.id)) {
    ledger.violate('one request an operation', `${interfaceId} of ${medOrgOrd} left twice`)
  }
  ledger.sentOperations.add(journalled.id)
  if (kind === 'refund' && !body.includes(`"${journalled.app_refd_sn}"`)) {
    ledger.violate('one number an intent', `the refund of ${medOrgOrd} left under another number than its operation's`)
  }
}

function inspectNotice(reader: Database.Database, { ledger, interfaceId }: LeavingRequest): void {
  const sent = reader.prepare<[], { id: string }>(`SELECT id FROM notice WHERE state = 'sent'`).all()
  const fresh = sent.find(({ id }) => !ledger.sentOperations.has(id))
  if (fresh === undefined) ledger.violate('journal before send', `${interfaceId} is not in the journal`)
  else ledger.sentOperations.add(fresh.id)
}
