import type { CentreClient, CentreOutcome, OrderNumbers } from '#main/centre-client/centre-client.ts'
import type { HisCharge } from '#main/his/his-source.ts'
import { snapshotOf } from '#main/store/charge-snapshot.ts'
import type { ChargeSnapshot } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { QueryOrderReply } from '#shared/centre/query-order.ts'
import type { Order } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import { hasMoved } from '#shared/domain/order-status.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { askFailure, statementOf, type UnansweredFailure } from './ask-centre.ts'

export interface RebuildParts {
  readonly store: Store
  readonly centre: CentreClient
  readonly orgCodg: string
  readonly fetchCharge: (medOrgOrd: string) => Promise<Result<HisCharge, Failure>>
  /** Gives effect to callbacks that were parked for an order that nobody knew. */
  readonly onOrderOpened: (medOrgOrd: string) => void
}

type RebuildFailure = UnansweredFailure | Failure<'FOREIGN_ORDER'>
type Answered = Extract<CentreOutcome<QueryOrderReply>, { outcome: 'succeeded' }>

/**
 * Makes an order that this desk does not know (another desk's, or lost with a database) from what the centre says under
 * this number, the hospital's or its own. Nothing is sent but the question; an order of another institution is refused.
 */
export async function rebuildOrder(
  parts: RebuildParts,
  number: string,
  operatorName: string,
): Promise<Result<Order, RebuildFailure>> {
  const { store, orgCodg } = parts
  const known = store.book.present(store.orders.numberOfPayOrdId(number) ?? number)
  if (known !== undefined) return ok(known)
  const answer = await askUnderBoth(parts.centre, number)
  if (answer.outcome !== 'succeeded') return err(askFailure(answer))
  const { orgCodg: told, medOrgOrd } = answer.value
  if (told !== undefined && told !== orgCodg) return err(failure('FOREIGN_ORDER'))

  const charge = await parts.fetchCharge(medOrgOrd)
  const snapshot = charge.ok ? snapshotOf(charge.value.detail) : unknownPerson(answer.value)
  const order = store.transaction(() => keep(store, answer, snapshot, operatorName))
  parts.onOrderOpened(medOrgOrd)
  return ok(store.book.present(medOrgOrd) ?? order)
}

/** Which kind of number it is, only the centre can tell: the likelier is asked first. */
async function askUnderBoth(centre: CentreClient, number: string): Promise<CentreOutcome<QueryOrderReply>> {
  const kinds: readonly OrderNumbers[] = [{ medOrgOrd: number }, { payOrdId: number }]
  const [first = {}, second = {}] = /^ORD\d{20,}$/.test(number) ? kinds.toReversed() : kinds
  const answer = await centre.queryOrder(first)
  const isDenied = answer.outcome === 'failed' && answer.reason === 'refused'
  if (!isDenied) return answer
  const other = await centre.queryOrder(second)
  return other.outcome === 'succeeded' ? other : answer
}

function keep(store: Store, answer: Answered, charge: ChargeSnapshot, operatorName: string): Order {
  const statement = statementOf(answer.value)
  const { medOrgOrd } = answer.value
  // Another window, or an upload, may have made it while the centre was asked.
  if (store.book.find(medOrgOrd) === undefined) {
    const moved = hasMoved(statement.ordStas, statement.setlType)
    const entry = { kind: 'orderRebuilt', actor: 'operator', operatorName } as const
    store.book.rebuild(medOrgOrd, charge, entry, moved ? answer.value.traceTime.atMs : null)
  }
  return store.book.hear(medOrgOrd, statement, {
    asked: true,
    entries: [{ kind: 'queryAnswered', actor: 'centre', data: { ordStas: statement.ordStas } }],
    also: () => {
      store.wireLog.keep({ medOrgOrd, interfaceId: '1.3', ...answer.exchange })
      store.wireLog.countDrift('1.3', answer.drift, answer.exchange.startedAtMs)
    },
  })
}

/** The hospital's system does not have the charge any more, or cannot be asked: the centre names no person. */
function unknownPerson(reply: QueryOrderReply): ChargeSnapshot {
  return {
    patientName: '（医院系统未提供）',
    idNo: '',
    deptName: '',
    drName: '',
    visitTime: '',
    chargeFen: reply.feeSumamt,
    chargeOutsideFen: ZERO_FEN,
  }
}
