import { maskMessage } from '#shared/centre/mask-message.ts'
import { maskIdNo, maskName } from '#shared/domain/masks.ts'
import { isTerminal, type OrderState } from '#shared/domain/order-status.ts'
import { whereReadable } from './fold/fold-block.ts'
import { Folds } from './fold/folds.ts'
import { NameParts } from './name-parts.ts'
import type { Db } from './open.ts'
import type { OrderKey } from './order-filter.ts'

interface PersonRow {
  readonly med_org_ord: string
  readonly created_at_ms: number
  readonly state: OrderState
  readonly attention_reason: string | null
  readonly patient_name: string
  readonly id_no: string
}

/** The raw messages of an order, each as it came: where they stand, and what tells one from another. */
const MESSAGES = [
  { table: 'exchange', body: 'reply_body' },
  { table: 'callback', body: 'body' },
  { table: 'outbox', body: 'body' },
] as const

/** What stands in a mask and in no certificate number. */
const MASKED = '•'

/**
 * Takes persons out of old orders: name and certificate number are masked wherever they stand, the charge's details go.
 * Numbers, amounts, states, timeline and the messages without their persons stay: what happened can still be shown.
 */
export class PersonalData {
  readonly #folds
  readonly #older
  readonly #byName
  readonly #forgetName
  readonly #maskOrder
  readonly #names
  readonly #messages
  readonly #dropCharge
  readonly #dropFolderCharge
  readonly #dropIdHash

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#older = db.prepare<[number, number, string, number], PersonRow>(
      `SELECT med_org_ord, created_at_ms, state, attention_reason, patient_name, id_no
       FROM orders INDEXED BY orders_by_created
       WHERE created_at_ms < ? AND (created_at_ms, med_org_ord) > (?, ?) ORDER BY created_at_ms, med_org_ord LIMIT ?`,
    )
    this.#byName = db.prepare<[string], number>('SELECT 1 FROM orders WHERE patient_name = ? LIMIT 1').pluck()
    this.#forgetName = db.prepare<[string]>('DELETE FROM name_part WHERE name = ?')
    this.#maskOrder = db.prepare<[string, string, string]>(
      `UPDATE orders SET patient_name = ?, name_initials = '', id_no = ? WHERE med_org_ord = ?`,
    )
    this.#names = new NameParts(db)
    this.#messages = MESSAGES.map(({ table, body }) => ({
      read: db.prepare<[string], { id: number; body: string | null }>(
        `SELECT id, ${body} AS body FROM ${table} WHERE med_org_ord = ?`,
      ),
      write: db.prepare<[string, number]>(`UPDATE ${table} SET ${body} = ? WHERE id = ?`),
    }))
    this.#dropCharge = db.prepare<[string]>('DELETE FROM charge WHERE med_org_ord = ?')
    this.#dropFolderCharge = db.prepare<[string]>(
      `DELETE FROM folder_charge WHERE med_org_ord = ? AND state <> 'pending'`,
    )
    this.#dropIdHash = db.prepare<[number, number]>(
      'UPDATE disclosure SET id_hash = NULL WHERE at_ms >= ? AND at_ms < ? AND id_hash IS NOT NULL',
    )
  }

  /**
   * Takes the persons out of the next so many orders from before that time, oldest first. Call it in a transaction. An
   * order that money or a person still waits for is left as it is, and so is one whose folded rows cannot be read.
   * @returns the last order looked at; undefined when there is none left.
   */
  purgeNext(beforeMs: number, after: OrderKey, most: number): OrderKey | undefined {
    const rows = this.#older.all(beforeMs, after.createdAtMs, after.medOrgOrd, most)
    for (const row of rows) if (mayPurge(row)) this.#purgeFolded(row)
    const last = rows.at(-1)
    if (last === undefined) return undefined
    // Of whom a list was asked meanwhile (2.4): the hash of a number of few digits can be guessed.
    this.#dropIdHash.run(after.createdAtMs, last.created_at_ms)
    return { createdAtMs: last.created_at_ms, medOrgOrd: last.med_org_ord }
  }

  /** Whether there is any order to look at. */
  hasOlder(beforeMs: number, after: OrderKey): boolean {
    return this.#older.get(beforeMs, after.createdAtMs, after.medOrgOrd, 1) !== undefined
  }

  /** A folded order is rows for as long as that takes. */
  #purgeFolded(row: PersonRow): void {
    const wasFolded = whereReadable(() => this.#folds.unfold(row.med_org_ord), undefined)
    if (wasFolded === undefined) return
    this.#purge(row)
    if (wasFolded) this.#folds.fold(row.med_org_ord, Number.MAX_SAFE_INTEGER)
  }

  #purge({ med_org_ord: medOrgOrd, patient_name: name, id_no: idNo }: PersonRow): void {
    const masked = maskName(name)
    this.#maskOrder.run(masked, masksWhole(idNo), medOrgOrd)
    this.#names.remember(masked, '')
    if (this.#byName.get(name) === undefined) this.#forgetName.run(name)
    for (const { read, write } of this.#messages) {
      for (const { id, body } of read.all(medOrgOrd)) if (body) write.run(withoutPersons(body, [name, idNo]), id)
    }
    this.#dropCharge.run(medOrgOrd)
    this.#dropFolderCharge.run(medOrgOrd)
  }
}

function mayPurge({ state, attention_reason: reason, id_no: idNo }: PersonRow): boolean {
  return isTerminal(state) && reason === null && !idNo.includes(MASKED)
}

/** Also a number that is too short to show anything of is known for masked afterwards. */
function masksWhole(idNo: string): string {
  return idNo === '' ? MASKED : maskIdNo(idNo)
}

/** A message that nobody can read cannot be rid of its persons: it goes, and says so. */
function withoutPersons(body: string, persons: readonly string[]): string {
  const masked = maskMessage(body, persons)
  return masked.readable ? masked.text : '{"message":"已按个人信息保留期限清除"}'
}
