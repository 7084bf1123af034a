import { systemTimers } from '#main/desk/system-timers.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import { AnsweredRequestRepository } from './answered-requests.ts'
import { AttentionList } from './attention-list.ts'
import { BillComparer } from './bill-comparison.ts'
import { BillRepository } from './bills.ts'
import { CallbackRepository } from './callbacks.ts'
import { ChargeRepository } from './charges.ts'
import { DecisionRepository } from './decisions.ts'
import { DisclosureRepository } from './disclosures.ts'
import { FolderChargeRepository } from './folder-charges.ts'
import { GroupCommit } from './group-commit.ts'
import { NoticeRepository } from './notices.ts'
import { type OpenOptions, openDb, type StoreProblem } from './open.ts'
import { OperationRepository } from './operations.ts'
import { OrderBook } from './order-book.ts'
import { OrderSearcher } from './order-search.ts'
import { OrderRepository } from './orders.ts'
import { OutboxRepository } from './outbox.ts'
import { PersonalData } from './personal-data.ts'
import { RefundRepository } from './refunds.ts'
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
  readonly billComparer: BillComparer
  readonly answeredRequests: AnsweredRequestRepository
  readonly outbox: OutboxRepository
  readonly folderCharges: FolderChargeRepository
  readonly disclosures: DisclosureRepository
  readonly personalData: PersonalData
  readonly book: OrderBook
  /** All of `run` commits, or nothing. Synchronous: no transaction lives across an await. */
  transaction<T>(run: () => T): T
  /** One commit for everything that waits for one at the same moment. */
  readonly commits: GroupCommit
  close(): void
}

export interface StoreHost {
  /** Gets a bug met in work that no caller waits for. */
  readonly report: (error: unknown) => void
  readonly timers: Timers
}

export function openStore(
  options: OpenOptions,
  clock: Clock,
  { report = throwIt, timers = systemTimers }: Partial<StoreHost> = {},
): Result<Store, StoreProblem> {
  const opened = openDb(options)
  if (!opened.ok) return opened
  const db = opened.value
  const transactions = new Transactions(db)
  const commits = new GroupCommit(transactions, report, timers)
  const orders = new OrderRepository(db)
  const operations = new OperationRepository(db)
  const timeline = new TimelineRepository(db)
  const refunds = new RefundRepository(db)
  const charges = new ChargeRepository(db)
  const decisions = new DecisionRepository(db)
  return ok({
    orders,
    orderSearch: new OrderSearcher(db),
    operations,
    refunds,
    charges,
    decisions,
    attention: new AttentionList(db),
    notices: new NoticeRepository(db),
    callbacks: new CallbackRepository(db),
    wireLog: new WireLogRepository(db),
    bills: new BillRepository(db),
    billComparer: new BillComparer(db),
    answeredRequests: new AnsweredRequestRepository(db),
    outbox: new OutboxRepository(db),
    folderCharges: new FolderChargeRepository(db),
    disclosures: new DisclosureRepository(db),
    book: new OrderBook(transactions, { orders, operations, timeline, refunds, charges, decisions }, clock),
    personalData: new PersonalData(db),
    transaction: (run) => transactions.run(run),
    commits,
    close: () => {
      commits.flush()
      db.close()
    },
  })
}

function throwIt(error: unknown): never {
  throw error
}
