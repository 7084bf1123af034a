import { dirname, join } from 'node:path'
import type { InboundHandler } from '#main/callback-listener/callback-listener.ts'
import { backupFolder, DailyBackup } from '#main/features/backup/daily-backup.ts'
import { DisclosureGuard } from '#main/features/callbacks/disclosure-guard.ts'
import { inboundHandler } from '#main/features/callbacks/inbound.ts'
import { SettlementInbox } from '#main/features/callbacks/settlement-inbox.ts'
import { ChargeDesk } from '#main/features/charges/charge-desk.ts'
import { recoverOperations } from '#main/features/counter/recover.ts'
import { Folding } from '#main/features/folding/folding.ts'
import { CentreAsker } from '#main/features/orders/ask-centre.ts'
import { Poller } from '#main/features/orders/poller.ts'
import { recordResults } from '#main/features/outbox/result-recorder.ts'
import { ResultWriter } from '#main/features/outbox/result-writer.ts'
import { Retention } from '#main/features/retention/retention.ts'
import type { Replayed } from '#main/store/journal-copy/replay.ts'
import { TaskBoard } from '#main/tasks/task-board.ts'
import type { DeskBase } from './desk-options.ts'
import type { FarSides } from './far-sides.ts'
import { warmUpSoon } from './warm-up.ts'

/** What the desk does by itself, and what its handlers share. */
export interface DeskWork {
  readonly charges: ChargeDesk
  readonly asker: CentreAsker
  readonly inbox: SettlementInbox
  readonly handler: InboundHandler
  readonly tasks: TaskBoard
  /** Takes up what the run before left behind. Before anything can come in. */
  recover(): void
  start(): void
  close(): Promise<unknown>
}

export function createDeskWork(base: DeskBase, far: FarSides): DeskWork {
  const { store, settings, clock, report, options } = base
  const { his, hisHealth, board } = far
  const { orgCodg, appId } = settings.centre
  const charges = new ChargeDesk({ his, store, clock, onHisAnswer: (problem) => hisHealth.heard(problem) })
  const asker = new CentreAsker(store, far.centre)
  const poller = new Poller({ store, clock, timers: options.timers, report, ask: (medOrgOrd) => asker.ask(medOrgOrd) })
  const inbox = new SettlementInbox({ store, clock, report, expected: { orgCodg, appId } })
  const handler = inboundHandler({
    store,
    inbox,
    orgCodg,
    guard: new DisclosureGuard(store, clock),
    fetchCharge: (medOrgOrd) => charges.fetch(medOrgOrd),
    pendingCharges: (idNo) => his.pendingCharges({ idNo }),
  })
  const stopRecording = recordResults({ store, clock, appId, orgCodg })
  const writer = new ResultWriter({
    store,
    clock,
    timers: options.timers,
    report,
    write: (result) => his.writeResult(result),
    onBacklog: (backlog) => hisHealth.waiting(backlog),
  })
  const tasks = new TaskBoard(clock, (task) => options.events.publish({ name: 'task.changed', payload: task }), report)
  const backups = createBackups(base, far, tasks)
  const retention = createRetention(base, tasks)
  const folding = new Folding({ store, tasks, clock, timers: options.timers })
  let callOffWarmUp: () => void = () => undefined
  const stopPublishing = store.book.onChange((order) => {
    options.events.publish({ name: 'order.changed', payload: order })
    board.attentionMayHaveChanged()
  })
  return {
    charges,
    asker,
    inbox,
    handler,
    tasks,
    recover() {
      noteReplay(far, store.replayJournal())
      store.answeredRequests.forgetOld(clock.now())
      recoverOperations(store, clock)
      store.notices.recover()
      inbox.actOnWaiting()
    },
    start() {
      poller.start()
      writer.start()
      far.prober.start()
      backups.start()
      retention.start()
      folding.start()
      callOffWarmUp = warmUpSoon(options.timers)
    },
    async close() {
      callOffWarmUp()
      retention.close()
      folding.close()
      await Promise.all([options.callsUnderWay(), poller.close(), backups.close(), tasks.close()])
      await writer.close()
      store.commits.flush()
      stopPublishing()
      stopRecording()
    },
  }
}

function createBackups(
  { store, settings, clock, options, database }: DeskBase,
  { storeHealth }: FarSides,
  tasks: TaskBoard,
): DailyBackup {
  const { environment, backup } = settings
  return new DailyBackup({
    clock,
    tasks,
    environment,
    database,
    jobs: options.jobs,
    timers: options.timers,
    folder: backupFolder(backup.folder, dirname(database.path)),
    keepDays: backup.keepDays,
    onNote: (note) => storeHealth.backup(note),
    onCovered: (day) => store.pruneJournal(day),
  })
}

function createRetention({ store, settings, clock, options, database }: DeskBase, tasks: TaskBoard): Retention {
  const { personalDays, billDays, exportDays } = settings.retention
  const folder = dirname(database.path)
  return new Retention({
    ...{ store, tasks, clock, timers: options.timers, personalDays },
    files: {
      bills: { folder: join(folder, 'bills'), days: billDays },
      exports: { folder: join(folder, 'exports'), days: exportDays },
    },
  })
}

/** Only after a loss: a database that is whole has nothing to bring back. */
function noteReplay({ storeHealth }: FarSides, { operations, callbacks }: Replayed): void {
  if (operations + callbacks === 0) return
  storeHealth.restored(`已从日志副本补回 ${operations} 个操作、${callbacks} 条通知`)
}
