import { QUIET_DAYS } from '#main/features/folding/folding.ts'
import { CallbackRepository } from '#main/store/callbacks.ts'
import { ChargeRepository } from '#main/store/charges.ts'
import { DisclosureRepository } from '#main/store/disclosures.ts'
import { Folds } from '#main/store/fold/folds.ts'
import { type Db, inTransaction, openDb } from '#main/store/open.ts'
import { OperationRepository } from '#main/store/operations.ts'
import { OrderRepository } from '#main/store/orders.ts'
import { OutboxRepository } from '#main/store/outbox.ts'
import { RefundRepository } from '#main/store/refunds.ts'
import { TimelineRepository } from '#main/store/timeline.ts'
import { WireLogRepository } from '#main/store/wire-log.ts'
import { dayOf } from '#shared/domain/time.ts'
import { type ChargeTemplate, fillTemplate, inventTemplates } from './charges.ts'
import { type OrderStory, tellStory } from './order-story.ts'
import { inventPersons, type Person } from './persons.ts'
import { createRandom, type Random } from './random.ts'

/** What a data set is; the same plan gives the same orders, byte for byte. */
export interface DataPlan {
  readonly orders: number
  readonly seed: number
}

/** Two years of a busy hospital end on this day. Fixed, so that the data are the same whenever they are made. */
export const LAST_DAY_END_MS = Date.UTC(2026, 5, 30, 16)
const DAYS = 730
const DAY_MS = 86_400_000
/** Windows open at 7:30 and close at 17:30. */
const OPEN_MS = 7.5 * 3_600_000
const OPEN_FOR_MS = 10 * 3_600_000
/** Patients come back: so many orders has each on average. */
const ORDERS_A_PERSON = 4
const TEMPLATES = 2_000
/** Few enough that what folding leaves free is little. */
const AT_ONCE = 500

/**
 * Writes a store of that many orders with everything that belongs to them, through the product's own schema and its own
 * row writers, as two years of use leave it: what has been quiet for long is folded, by the product's own code.
 */
export function generateStore(
  path: string,
  plan: DataPlan,
  onProgress: (done: number) => void,
  { fold = true }: { readonly fold?: boolean } = {},
): void {
  const opened = openDb({ path })
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  // What a power cut spoils is made again; and the indexes of a million orders want to stay in memory.
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -400000')
  const write = storyWriter(db)
  const tell = storyTeller(plan)
  const foldQuiet = fold ? folder(db) : () => undefined
  for (let from = 0; from < plan.orders; from += AT_ONCE) {
    const until = Math.min(from + AT_ONCE, plan.orders)
    inTransaction(db, () => {
      for (let index = from; index < until; index += 1) write(tell(index))
      foldQuiet()
    })
    onProgress(until)
  }
  db.exec('ANALYZE')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/**
 * Folds what was written since and is old enough, in the transaction that wrote it: its rows never reach the disk. Looks
 * at all that is not folded, since some of it could not be folded before and some, two of a thousand, never will.
 */
function folder(db: Db): () => void {
  const folds = new Folds(db)
  const beforeMs = LAST_DAY_END_MS - QUIET_DAYS * DAY_MS
  return () => {
    let orders = folds.quiet(beforeMs, { updatedAtMs: -1, place: -1 }, AT_ONCE)
    for (let last = orders.at(-1); last !== undefined; last = orders.at(-1)) {
      for (const { medOrgOrd } of orders) folds.fold(medOrgOrd, beforeMs)
      orders = folds.quiet(beforeMs, last, AT_ONCE)
    }
  }
}

/** @returns the story of each order by its position; the positions are asked for in order. */
function storyTeller({ orders, seed }: DataPlan): (index: number) => OrderStory {
  const random = createRandom(seed)
  const persons = inventPersons(random, Math.max(20, Math.ceil(orders / ORDERS_A_PERSON)))
  const templates = inventTemplates(random, Math.min(TEMPLATES, Math.max(50, orders)))
  const perDay = orders / DAYS
  return (index) => {
    const day = Math.min(DAYS - 1, Math.floor(index / perDay))
    const inDay = index - Math.ceil(day * perDay)
    const atMs = LAST_DAY_END_MS - (DAYS - day) * DAY_MS + OPEN_MS + Math.floor((inDay / perDay) * OPEN_FOR_MS)
    return storyOf(random, { persons, templates }, index, { atMs, inDay })
  }
}

function storyOf(
  random: Random,
  { persons, templates }: { readonly persons: readonly Person[]; readonly templates: readonly ChargeTemplate[] },
  index: number,
  { atMs, inDay }: { readonly atMs: number; readonly inDay: number },
): OrderStory {
  const day = dayOf(atMs)
  const medOrgOrd = `MZ${day.replaceAll('-', '')}${String(inDay + 1).padStart(6, '0')}`
  const filled = fillTemplate(random.pick(templates), random.pick(persons), medOrgOrd, day)
  return tellStory(random, filled, { serial: index + 1, createdAtMs: atMs })
}

function storyWriter(db: Db): (story: OrderStory) => void {
  const orders = new OrderRepository(db)
  const charges = new ChargeRepository(db)
  const operations = new OperationRepository(db)
  const refunds = new RefundRepository(db)
  const timeline = new TimelineRepository(db)
  const wireLog = new WireLogRepository(db)
  const callbacks = new CallbackRepository(db)
  const outbox = new OutboxRepository(db)
  const disclosures = new DisclosureRepository(db)
  const takeAll = db.prepare<[number, string]>('UPDATE outbox SET taken_at_ms = ? WHERE med_org_ord = ?')
  return (story) => {
    const { medOrgOrd, createdAtMs, updatedAtMs } = story.record
    orders.save(story.record)
    for (const operation of story.operations) operations.insert(operation)
    for (const refund of story.refunds) refunds.insert(refund)
    for (const { atMs, entry } of story.timeline) timeline.add(medOrgOrd, atMs, entry)
    disclosures.add({
      atMs: createdAtMs,
      caller: '10.9.0.21',
      interfaceId: '2.1',
      medOrgOrd,
      idHash: null,
      outcome: 'served',
    })
    if (story.exchanges.length > 0) charges.save(story.charge)
    for (const exchange of story.exchanges) wireLog.keep(exchange)
    const callbackIds = story.callbacks.map((callback) => callbacks.insert(callback))
    if (story.result === undefined) return
    outbox.add({ ...story.result, callbackId: callbackIds.at(-1) ?? null }, updatedAtMs)
    takeAll.run(updatedAtMs, medOrgOrd)
  }
}
