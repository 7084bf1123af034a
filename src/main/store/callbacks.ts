import { oneOf } from './columns.ts'
import { Folds } from './fold/folds.ts'
import type { Db } from './open.ts'

/**
 * What a message was when it came; its row is never written again. accepted: durable, to have its effect. parked: the
 * same, but its order was not known. applied: durable, and nothing is left to be done. conflict, refused: kept as
 * evidence, never applied. Until version 9 accepted and parked ones became applied with their effect; now their row of
 * `unapplied_callback` goes.
 */
const CALLBACK_STATES = ['accepted', 'applied', 'parked', 'conflict', 'refused'] as const
export type CallbackStatus = (typeof CALLBACK_STATES)[number]

/** One message of the centre and the answer that it was given. */
export interface CallbackRecord {
  readonly id: number
  readonly interfaceId: string
  readonly medOrgOrd: string | null
  readonly payOrdId: string | null
  /** Same key: the same message. Same key and other money: a conflict. Null where the message could not be read. */
  readonly dedupeKey: string | null
  readonly moneyKey: string | null
  readonly status: CallbackStatus
  readonly body: string
  readonly caller: string
  readonly receivedAtMs: number
  readonly answerStatus: number
  readonly answerBody: string
}

/** What has to come back when the database is lost: the centre was told that it is kept. */
export type AcknowledgedCallback = Omit<CallbackRecord, 'id' | 'status' | 'dedupeKey'> & { readonly dedupeKey: string }

const ACKNOWLEDGED: ReadonlySet<CallbackStatus> = new Set(['accepted', 'applied', 'parked'])
const HAVE_EFFECT: ReadonlySet<CallbackStatus> = new Set(['accepted', 'parked'])

interface CallbackRow {
  id: number
  interface_id: string
  med_org_ord: string | null
  pay_ord_id: string | null
  dedupe_key: string | null
  money_key: string | null
  status: string
  body: string
  caller: string
  received_at_ms: number
  answer_status: number
  answer_body: string
}

/** Enough for one order's history. */
const MOST_OF_ORDER = 200

/**
 * The tables `callback`, the inbox, and `unapplied_callback`: which of them still have to have their effect. A row is
 * committed before its answer is sent.
 */
export class CallbackRepository {
  readonly #folds
  readonly #onAcknowledged
  readonly #insert
  readonly #await
  readonly #byKey
  readonly #repeat
  readonly #markApplied
  readonly #waiting
  readonly #waitingFor
  readonly #lastSettlement
  readonly #bodyOf
  readonly #ofOrder

  /** @param onAcknowledged is told of every message that is answered with success, inside the same transaction. */
  constructor(
    db: Db,
    onAcknowledged: (callback: AcknowledgedCallback) => void = () => undefined,
    folds = new Folds(db),
  ) {
    this.#folds = folds
    this.#onAcknowledged = onAcknowledged
    this.#insert = db.prepare<[Omit<CallbackRow, 'id'>]>(
      `INSERT INTO callback (interface_id, med_org_ord, pay_ord_id, dedupe_key, money_key, status, body, caller,
         received_at_ms, answer_status, answer_body)
       VALUES (@interface_id, @med_org_ord, @pay_ord_id, @dedupe_key, @money_key, @status, @body, @caller,
         @received_at_ms, @answer_status, @answer_body)`,
    )
    this.#await = db.prepare<[string, number]>(
      'INSERT INTO unapplied_callback (med_org_ord, callback_id) VALUES (?, ?)',
    )
    this.#byKey = db.prepare<[string | null, string], CallbackRow>(
      `SELECT * FROM callback
       WHERE med_org_ord IS ? AND dedupe_key = ? AND status IN ('accepted', 'applied', 'parked')`,
    )
    this.#repeat = db.prepare<[number], { repeats: number }>(
      'UPDATE callback SET repeats = repeats + 1 WHERE id = ? RETURNING repeats',
    )
    this.#markApplied = db.prepare<[string, number]>(
      'DELETE FROM unapplied_callback WHERE med_org_ord = ? AND callback_id = ?',
    )
    this.#waiting = db.prepare<[], CallbackRow>(
      `SELECT callback.* FROM unapplied_callback AS waits JOIN callback ON id = callback_id
       WHERE EXISTS (SELECT 1 FROM orders WHERE med_org_ord = waits.med_org_ord) ORDER BY id`,
    )
    this.#waitingFor = db.prepare<[string], CallbackRow>(
      `SELECT callback.* FROM unapplied_callback AS waits JOIN callback ON id = callback_id
       WHERE waits.med_org_ord = ? ORDER BY id`,
    )
    this.#lastSettlement = db
      .prepare<[string], number>(
        `SELECT id FROM callback WHERE med_org_ord = ? AND interface_id = '2.2' AND status IN ('accepted', 'applied', 'parked')
         ORDER BY id DESC LIMIT 1`,
      )
      .pluck()
    this.#bodyOf = db.prepare<[number], string>('SELECT body FROM callback WHERE id = ?').pluck()
    this.#ofOrder = db.prepare<[string, number], CallbackRow>(
      'SELECT * FROM callback WHERE med_org_ord = ? ORDER BY id DESC LIMIT ?',
    )
  }

  /** The last settlement result (2.2) that was taken for this order, by its id; undefined when there is none. */
  lastSettlement(medOrgOrd: string): number | undefined {
    return this.#lastSettlement.get(medOrgOrd)
  }

  /** The message as it came. */
  bodyOf(id: number): string | undefined {
    return this.#bodyOf.get(id)
  }

  /** @returns its id. */
  insert(callback: Omit<CallbackRecord, 'id'>): number {
    if (callback.medOrgOrd !== null) this.#folds.unfold(callback.medOrgOrd)
    const { lastInsertRowid } = this.#insert.run({
      interface_id: callback.interfaceId,
      med_org_ord: callback.medOrgOrd,
      pay_ord_id: callback.payOrdId,
      dedupe_key: callback.dedupeKey,
      money_key: callback.moneyKey,
      status: callback.status,
      body: callback.body,
      caller: callback.caller,
      received_at_ms: callback.receivedAtMs,
      answer_status: callback.answerStatus,
      answer_body: callback.answerBody,
    })
    const id = Number(lastInsertRowid)
    const { status, dedupeKey, ...rest } = callback
    if (callback.medOrgOrd !== null && HAVE_EFFECT.has(status)) this.#await.run(callback.medOrgOrd, id)
    if (dedupeKey !== null && ACKNOWLEDGED.has(status)) this.#onAcknowledged({ ...rest, dedupeKey })
    return id
  }

  /** The accepted message with this key, if there is one. The key holds the order's number, so no other has it. */
  acceptedByKey(medOrgOrd: string | null, dedupeKey: string): CallbackRecord | undefined {
    const row = this.#byKey.get(medOrgOrd, dedupeKey) ?? this.#foldedByKey(medOrgOrd, dedupeKey)
    return row === undefined ? undefined : fromRow(row)
  }

  #foldedByKey(medOrgOrd: string | null, dedupeKey: string): CallbackRow | undefined {
    if (medOrgOrd === null) return undefined
    const rows = this.#folds.rowsOf<CallbackRow>(medOrgOrd, 'callback')
    return rows.find((row) => row.dedupe_key === dedupeKey && ACKNOWLEDGED.has(oneOf(CALLBACK_STATES, row.status)))
  }

  /** Counts one more copy. @returns how many copies came after the first. */
  countRepeat({ id, medOrgOrd }: CallbackRecord): number {
    if (medOrgOrd !== null) this.#folds.unfold(medOrgOrd)
    return this.#repeat.get(id)?.repeats ?? 0
  }

  /** Call it in the transaction of its effect. @returns false when it had that before. */
  markApplied(medOrgOrd: string, id: number): boolean {
    return this.#markApplied.run(medOrgOrd, id).changes > 0
  }

  /** Acknowledged, of orders that are known, and without effect yet; oldest first. */
  waiting(): readonly CallbackRecord[] {
    return this.#waiting.all().map(fromRow)
  }

  /** What the centre told about this order, newest first. */
  ofOrder(medOrgOrd: string): readonly CallbackRecord[] {
    const rows = this.#ofOrder.all(medOrgOrd, MOST_OF_ORDER)
    if (rows.length > 0) return rows.map(fromRow)
    return this.#folds.rowsOf<CallbackRow>(medOrgOrd, 'callback').slice(-MOST_OF_ORDER).toReversed().map(fromRow)
  }

  /** The same of one order, whether it is known or not. */
  waitingFor(medOrgOrd: string): readonly CallbackRecord[] {
    return this.#waitingFor.all(medOrgOrd).map(fromRow)
  }
}

function fromRow(row: CallbackRow): CallbackRecord {
  return {
    id: row.id,
    interfaceId: row.interface_id,
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    dedupeKey: row.dedupe_key,
    moneyKey: row.money_key,
    status: oneOf(CALLBACK_STATES, row.status),
    body: row.body,
    caller: row.caller,
    receivedAtMs: row.received_at_ms,
    answerStatus: row.answer_status,
    answerBody: row.answer_body,
  }
}
