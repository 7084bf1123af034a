import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemTimers } from '#main/desk/system-timers.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import { AnsweredRequestRepository } from './answered-requests.ts'
import { AttentionList } from './attention-list.ts'
import { BillRepository } from './bills.ts'
import { CallbackRepository } from './callbacks.ts'
import { ChargeRepository } from './charges.ts'
import { Checkpointer } from './checkpoint/checkpointer.ts'
import { DecisionRepository } from './decisions.ts'
import { type DeskLock, takeDeskLock } from './desk-lock.ts'
import { DisclosureRepository } from './disclosures.ts'
import { Folds } from './fold/folds.ts'
import { FolderChargeRepository } from './folder-charges.ts'
import { type Commits, GroupCommit } from './group-commit.ts'
import { JournalCopy } from './journal-copy/journal-copy.ts'
import { pruneJournal, readJournal } from './journal-copy/journal-files.ts'
import { lineCodec } from './journal-copy/journal-line.ts'
import type { OperationEntry } from './journal-copy/journal-record.ts'
import { type Replayed, replayJournal } from './journal-copy/replay.ts'
import { NoticeRepository } from './notices.ts'
import { type Db, type OpenOptions, openDb } from './open.ts'
import { OperationRepository } from './operations.ts'
import { OrderBook } from './order-book.ts'
import { OrderSearcher } from './order-search.ts'
import { OrderRepository } from './orders.ts'
import { OutboxRepository } from './outbox.ts'
import { PersonalData } from './personal-data.ts'
import { RefundRepository } from './refunds.ts'
import { StoreFaults } from './store-faults.ts'
import { describeSqliteError, type StoreProblem } from './store-problem.ts'
import { type DataSync, SyncLine, systemDataSync } from './sync-line.ts'
import { TimelineRepository } from './timeline.ts'
import { Transactions } from './transactions.ts'
import { WireLogRepository } from './wire-log.ts'

/** Everything that this desk remembers, one repository a concept, over one writer connection. */
export interface Store {
  readonly charges: ChargeRepository
  readonly orders: OrderRepository
  readonly orderSearch: OrderSearcher
  readonly attention: AttentionList
  readonly operations: OperationRepository
  readonly refunds: RefundRepository
  readonly decisions: DecisionRepository
  readonly notices: NoticeRepository
  readonly callbacks: CallbackRepository
  readonly wireLog: WireLogRepository
  readonly bills: BillRepository
  readonly answeredRequests: AnsweredRequestRepository
  readonly outbox: OutboxRepository
  readonly folderCharges: FolderChargeRepository
  readonly disclosures: DisclosureRepository
  readonly personalData: PersonalData
  readonly folds: Folds
  readonly book: OrderBook
  /** All of `run` commits, or nothing. Synchronous: no transaction lives across an await. */
  transaction<T>(run: () => T): T
  /** One commit for everything that waits for one at the same moment. */
  readonly commits: Commits
  /** Whether it can be written. */
  readonly faults: StoreFaults
  /** Tries a write that changes nothing; what it finds stands in `faults`. */
  probe(): void
  /** Brings back what the journal's copy knows and this database does not. Before anything else at a start. */
  replayJournal(): Replayed
  /** Forgets the copy's days before this one (`yyyyMMdd`): verified backups cover them. */
  pruneJournal(firstDay: string): void
  close(): void
}

export interface StoreHost {
  /** Gets a bug met in work that no caller waits for. */
  readonly report: (error: unknown) => void
  readonly timers: Timers
  /** Syncs the database's log. */
  readonly datasync: DataSync
  /** Entry of the thread that moves the log into the database; absent: this thread does, within commits. */
  readonly checkpointFile: URL | undefined
}

export function openStore(
  options: OpenOptions,
  clock: Clock,
  { report = throwIt, timers = systemTimers, datasync = systemDataSync, checkpointFile }: Partial<StoreHost> = {},
): Result<Store, StoreProblem> {
  const folder = dirname(options.path)
  const locked = takeLock(folder, options.path)
  if (!locked.ok) return locked
  const opened = openWithLog(options, datasync, timers)
  if (!opened.ok) {
    locked.value.release()
    return opened
  }
  const { db, log } = opened.value
  const faults = new StoreFaults()
  const codec = lineCodec(options.key)
  const journal = new JournalCopy(join(folder, 'journal'), codec, clock)
  const checkpointer = new Checkpointer({ db, database: options, file: checkpointFile, report })
  const transactions = new Transactions({ db, log, journal, checkpointer, faults, report })
  const commits = new GroupCommit(transactions, report, timers)
  const folds = new Folds(db)
  const orders = new OrderRepository(db)
  const refunds = new RefundRepository(db)
  const entryOf = (id: string) => operationEntry(operations, orders, refunds, id)
  const operations = new OperationRepository(db, (id) => transactions.note(() => entryOf(id)), folds)
  const callbacks = new CallbackRepository(
    db,
    (callback) => transactions.note(() => ({ kind: 'callback', callback })),
    folds,
  )
  const timeline = new TimelineRepository(db, folds)
  const charges = new ChargeRepository(db, folds)
  const decisions = new DecisionRepository(db)
  const store: Store = {
    orders,
    orderSearch: new OrderSearcher(db),
    operations,
    refunds,
    charges,
    decisions,
    attention: new AttentionList(db),
    callbacks,
    faults,
    commits,
    notices: new NoticeRepository(db),
    wireLog: new WireLogRepository(db, folds),
    bills: new BillRepository(db),
    answeredRequests: new AnsweredRequestRepository(db),
    outbox: new OutboxRepository(db, folds),
    folds,
    folderCharges: new FolderChargeRepository(db, folds),
    disclosures: new DisclosureRepository(db),
    book: new OrderBook(transactions, { orders, operations, timeline, refunds, charges, decisions, folds }, clock),
    personalData: new PersonalData(db, folds),
    transaction: (run) => transactions.run(run),
    replayJournal: () => replayJournal(store, readJournal(join(folder, 'journal'), codec).records),
    pruneJournal: (firstDay) => pruneJournal(join(folder, 'journal'), firstDay),
    probe: () => probe(db, transactions, journal),
    close: () => {
      commits.flush()
      // Before the database: it removes its log, which Windows does not let it do while we have it open.
      log.close()
      checkpointer.close()
      db.close()
      journal.close()
      locked.value.release()
    },
  }
  return ok(store)
}

/**
 * What an earlier run left in the log is moved into the database, and so written and synced anew: a log that the disk
 * refused may look whole until the next power cut, and a repeat of what is found in it is acknowledged.
 */
function openWithLog(
  options: OpenOptions,
  datasync: DataSync,
  timers: Timers,
): Result<{ db: Db; log: SyncLine }, StoreProblem> {
  const opened = openDb(options)
  if (!opened.ok) return opened
  const db = opened.value
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
    return ok({ db, log: new SyncLine(`${options.path}-wal`, datasync, timers) })
  } catch (error) {
    db.close()
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err(problem)
  }
}

function takeLock(folder: string, path: string): Result<DeskLock, StoreProblem> {
  try {
    mkdirSync(folder, { recursive: true })
    return takeDeskLock(path)
  } catch (error) {
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err(problem)
  }
}

function operationEntry(
  operations: OperationRepository,
  orders: OrderRepository,
  refunds: RefundRepository,
  id: string,
): OperationEntry {
  const operation = operations.byId(id)
  const order = operation === undefined ? undefined : orders.find(operation.medOrgOrd)
  if (operation === undefined || order === undefined) throw new Error('journalled an operation that is not there')
  const { payOrdId, charge } = order
  return { kind: 'operation', operation, order: { payOrdId, charge }, refund: refunds.ofOperation(id) ?? null }
}

/** Another connection's lock is not waited for: the event loop would wait with it at every try. */
const PROBE_WAIT_MS = 50

function probe(db: Db, transactions: Transactions, journal: JournalCopy): void {
  const wait = Number(db.pragma('busy_timeout', { simple: true }))
  db.pragma(`busy_timeout = ${PROBE_WAIT_MS}`)
  try {
    transactions.run(() => {
      journal.probe()
      db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`)
    })
  } catch (error) {
    // Still at fault, which the light goes on saying; anything else is a bug.
    if (describeSqliteError(error) === undefined) throw error
  } finally {
    db.pragma(`busy_timeout = ${wait}`)
  }
}

function throwIt(error: unknown): never {
  throw error
}
