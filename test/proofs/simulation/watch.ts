import type Database from 'better-sqlite3'
import type { VirtualCentre } from './centre.ts'
import type { VirtualDesk } from './desk.ts'
import type { Ledger } from './ledger.ts'

/** One order as it is committed, as far as the promises speak of it. */
export interface OrderLine {
  readonly med_org_ord: string
  readonly state: string
  readonly proved_state: string
  readonly leg_insurance: string
  readonly leg_cash: string
  readonly fee_sum_fen: number | null
  readonly fund_fen: number | null
  readonly account_fen: number | null
  readonly own_pay_fen: number | null
  readonly out_of_catalogue_fen: number | null
  readonly prepaid_fen: number | null
  readonly amounts_from: string | null
  readonly attention_reason: string | null
  readonly uploads: number
}

const ORDERS = `SELECT med_org_ord, state, proved_state, leg_insurance, leg_cash, fee_sum_fen, fund_fen, account_fen,
  own_pay_fen, out_of_catalogue_fen, prepaid_fen, amounts_from, attention_reason,
  (SELECT count(*) FROM operation WHERE operation.med_org_ord = orders.med_org_ord AND kind = 'upload') AS uploads
  FROM orders ORDER BY med_org_ord`

export function readOrders(reader: Database.Database): readonly OrderLine[] {
  return reader.prepare<[], OrderLine>(ORDERS).all()
}

/** The lattice of rule 6 as the rules tell it, written down here once more: the code under proof must not judge itself. */
const RANK: Readonly<Record<string, number>> = {
  created: 0,
  uploaded: 1,
  paying: 2,
  failed: 3,
  revoked: 4,
  partlySettled: 5,
  settled: 6,
  partlyRefunded: 7,
  refunded: 8,
  suspense: 9,
}
const MONEY_RANK: Readonly<Record<string, number>> = { paid: 1, partlyRefunded: 2, refunded: 3 }
/** States in which nothing was paid, so that a new attempt may begin at the bottom. */
const MAY_BEGIN_ANEW = ['created', 'failed', 'revoked']

/** Looks after every step whether the promises hold, by what is committed and by what really happened. */
export class Watch {
  readonly #ledger: Ledger
  readonly #desk: () => VirtualDesk
  readonly #centre: () => VirtualCentre
  readonly #before = new Map<string, OrderLine>()
  readonly #told = new Set<string>()
  #seen: { readonly reader: Database.Database; readonly version: unknown; readonly moved: number } | undefined

  constructor(parts: { ledger: Ledger; desk: () => VirtualDesk; centre: () => VirtualCentre }) {
    this.#ledger = parts.ledger
    this.#desk = parts.desk
    this.#centre = parts.centre
  }

  look(): void {
    const reader = this.#desk().life?.reader
    if (reader === undefined || !this.#hasChanged(reader)) return
    this.#ledger.counts.looks += 1
    const orders = readOrders(reader)
    for (const order of orders) this.#lookAtOrder(order)
    this.#lookAtCallbacks(reader)
    this.#lookAtMoney(reader, orders)
  }

  #hasChanged(reader: Database.Database): boolean {
    const version = reader.pragma('data_version', { simple: true })
    const moved = this.#ledger.refunds.length + this.#ledger.acknowledged.length
    const same = this.#seen?.reader === reader && this.#seen.version === version && this.#seen.moved === moved
    this.#seen = { reader, version, moved }
    return !same
  }

  #lookAtOrder(order: OrderLine): void {
    const before = this.#before.get(order.med_org_ord)
    this.#before.set(order.med_org_ord, order)
    if (before !== undefined && !this.#beginsAnew(before, order)) this.#lookAtLattice(before, order)
    const differs = order.amounts_from === 'callback' && !identityHolds(order)
    if (differs && order.attention_reason === null) {
      this.#violate('identity or suspense', `${order.med_org_ord} is ${order.state} by a callback that does not add up`)
    }
  }

  #beginsAnew(before: OrderLine, order: OrderLine): boolean {
    return order.uploads > before.uploads && MAY_BEGIN_ANEW.includes(before.proved_state)
  }

  #lookAtLattice(before: OrderLine, order: OrderLine): void {
    if (rankOf(order.proved_state) < rankOf(before.proved_state)) {
      this.#violate('state never moves down', `${order.med_org_ord}: ${before.proved_state} → ${order.proved_state}`)
    }
    for (const leg of ['leg_insurance', 'leg_cash'] as const) {
      if ((MONEY_RANK[order[leg]] ?? 0) < (MONEY_RANK[before[leg]] ?? 0)) {
        this.#violate('state never moves down', `${order.med_org_ord} ${leg}: ${before[leg]} → ${order[leg]}`)
      }
    }
  }

  #lookAtCallbacks(reader: Database.Database): void {
    const stored = reader
      .prepare<[string, string], number>(
        `SELECT count(*) FROM callback WHERE interface_id = ? AND body = ? AND status IN ('accepted', 'applied', 'parked')`,
      )
      .pluck()
    for (const { interfaceId, body } of this.#ledger.acknowledged) {
      if (stored.get(interfaceId, body) === 0) this.#violate('acked ⊆ stored', `an acknowledged ${interfaceId} is gone`)
    }
    const effects = reader
      .prepare<[], { med_org_ord: string; effects: number; messages: number }>(
        `SELECT med_org_ord, count(*) AS effects, (SELECT count(DISTINCT dedupe_key) FROM callback
           WHERE callback.med_org_ord = timeline.med_org_ord AND interface_id = '2.2') AS messages
         FROM timeline WHERE kind = 'settlementReceived' GROUP BY med_org_ord`,
      )
      .all()
    for (const { med_org_ord, effects: had, messages } of effects) {
      if (had > messages)
        this.#violate('one effect a message', `${med_org_ord}: ${had} effects of ${messages} messages`)
    }
  }

  #lookAtMoney(reader: Database.Database, orders: readonly OrderLine[]): void {
    const back = Map.groupBy(this.#ledger.refunds, ({ payOrdId, leg }) => `${payOrdId} ${leg}`)
    for (const [leg, times] of back) {
      if (times.length > 1)
        this.#violate('at most one refund per order and leg', `${leg} went back ${times.length} times`)
    }
    for (const [payOrdId, refunds] of Map.groupBy(this.#ledger.refunds, (refund) => refund.payOrdId)) {
      const amounts = this.#centre().orderOfPayOrdId(payOrdId)?.split.amounts
      const paid = amounts === undefined ? 0 : amounts.fundFen + amounts.accountFen + amounts.ownPayFen
      const sum = refunds.reduce((total, { fen }) => total + fen, 0)
      if (sum > paid) this.#violate('refunds ≤ paid', `${payOrdId}: ${sum} of ${paid} fen`)
    }
    const opened = Map.groupBy(
      this.#centre()
        .orders()
        .filter(({ miniProgram }) => miniProgram === null),
      ({ medOrgOrd }) => medOrgOrd,
    )
    for (const { med_org_ord, uploads } of orders) {
      const executed = opened.get(med_org_ord)?.length ?? 0
      if (executed > uploads) {
        this.#violate('at most one upload an intent', `${med_org_ord}: ${executed} uploads of ${uploads} intents`)
      }
    }
    this.#lookAtToldRefunds(reader, orders)
  }

  /** What the desk itself believes to have gone back. */
  #lookAtToldRefunds(reader: Database.Database, orders: readonly OrderLine[]): void {
    const told = reader
      .prepare<[string], number>(
        `SELECT coalesce(sum(total_fen), 0) FROM refund JOIN operation ON operation.id = refund.operation_id
         WHERE refund.med_org_ord = ? AND state IN ('succeeded', 'resolved')`,
      )
      .pluck()
    for (const order of orders) {
      const paid =
        (order.fund_fen ?? 0) + (order.account_fen ?? 0) + (order.own_pay_fen ?? 0) + (order.prepaid_fen ?? 0)
      const back = told.get(order.med_org_ord) ?? 0
      if (order.amounts_from !== null && back > paid && order.proved_state !== 'suspense') {
        this.#violate(
          'refunds ≤ paid',
          `${order.med_org_ord}: the desk counts ${back} of ${paid} fen and is not alarmed`,
        )
      }
    }
  }

  /** The same violation is told once: it stays, and every later look would find it. */
  #violate(rule: string, words: string): void {
    const key = `${rule} ${words}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#ledger.violate(rule, words)
  }
}

function rankOf(state: string): number {
  const rank = RANK[state]
  if (rank === undefined) throw new Error(`a proved state that the lattice does not know: ${state}`)
  return rank
}

function identityHolds(order: OrderLine): boolean {
  const left = (order.fee_sum_fen ?? 0) + (order.out_of_catalogue_fen ?? 0)
  const right = (order.fund_fen ?? 0) + (order.account_fen ?? 0) + (order.own_pay_fen ?? 0) + (order.prepaid_fen ?? 0)
  return left === right
}
