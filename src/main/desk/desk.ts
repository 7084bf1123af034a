import { join } from 'node:path'
import type { CallbackListener } from '#main/callback-listener/callback-listener.ts'
import type { HealthBoard } from '#main/features/health/health-board.ts'
import type { AnsweredRequests } from '#main/rpc/dispatcher.ts'
import { openStore } from '#main/store/store.ts'
import { describeSqliteError } from '#main/store/store-problem.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type DeskHandlers, deskHandlers } from './desk-handlers.ts'
import type { DeskBase, DeskOptions } from './desk-options.ts'
import { createDeskWork } from './desk-work.ts'
import { connectFarSides } from './far-sides.ts'
import { listenerUrlOf } from './listener-url.ts'
import { cannotOpenWords, lostDatabaseWords } from './lost-database.ts'
import { guardMoney } from './money-guard.ts'
import { watchStore } from './store-watch.ts'

/** One run of the workstation under one set of settings. Saved settings end it and start another. */
export interface Desk {
  readonly settings: Settings
  readonly handlers: DeskHandlers
  readonly answered: AnsweredRequests
  readonly listenerUrl: string | null
  readonly centreUrl: string
  /** A request to the centre is under way. */
  isBusy(): boolean
  /** Something failed outside of a transaction: the light of the store shows it, if it is the store's. */
  noteError(error: unknown): void
  close(): Promise<void>
}

/** Opens the store of this environment and starts everything around it. */
export async function startDesk(options: DeskOptions): Promise<Result<Desk, { readonly words: string }>> {
  const { settings, clock, dataDir } = options
  // A database an environment: what was tried out in training can never stand beside real payments.
  const database = { path: join(dataDir, settings.environment, 'cashier.db'), key: options.storeKey }
  const report = (error: unknown) => options.report(crypto.randomUUID(), error)
  const lost = lostDatabaseWords(options, database.path)
  if (lost !== undefined) return err({ words: lost })
  const opened = openStore(database, clock, {
    ...{ report, timers: options.timers, checkpointFile: options.checkpointFile },
  })
  if (!opened.ok) return err({ words: cannotOpenWords(options, database.path, opened.error) })
  try {
    return ok(await assemble({ options, settings, clock, report, database, store: opened.value }))
  } catch (error) {
    opened.value.close()
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err({ words: cannotOpenWords(options, database.path, problem) })
  }
}

/** The order matters: what was left behind is taken up before callbacks can come in, and these before we ask ourselves. */
async function assemble(base: DeskBase): Promise<Desk> {
  const { store, settings, clock, report } = base
  let listener: CallbackListener | undefined
  const far = await connectFarSides(base, () => listener)
  const work = createDeskWork(base, far)
  const stopWatching = watchStore(base, far, work)
  try {
    work.recover()
  } catch (error) {
    // A store that opens may still be damaged where this reads. What was begun around it must not go on by itself.
    stopWatching()
    await far.hangUp()
    await far.closeSimulator()
    throw error
  }
  const listening = await base.options.network.listen({
    settings: settings.listener,
    handler: work.handler,
    clock,
    log: (event) => event.event === 'handlerFailed' && report(event.error),
  })
  listener = listening
  noteListener(far.board, listening)
  work.start()
  return {
    settings,
    centreUrl: far.centreUrl,
    listenerUrl: listenerUrlOf(listening),
    answered: {
      find: (requestId) => store.answeredRequests.find(requestId),
      save: (entry) => store.answeredRequests.save(entry, clock.now()),
    },
    handlers: guardMoney(deskHandlers(base, far, work, listening), store.faults),
    noteError: (error) => store.faults.note(error),
    isBusy: () => store.operations.unfinished().length > 0,
    close: async () => {
      await listening.close()
      const hungUp = far.hangUp()
      await work.close()
      await hungUp
      await far.closeSimulator()
      stopWatching()
      store.close()
    },
  }
}

function noteListener(board: HealthBoard, { status }: CallbackListener): void {
  if (status.state === 'listening') board.set('listener', 'ok', `正在 ${status.url} 接收回调`)
  else board.set('listener', 'down', status.words)
}
