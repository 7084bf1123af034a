import { join } from 'node:path'
import type { Settings } from '#shared/contract/settings.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { type SimulatedCentre, startCentre } from '#simulator/centre-server.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { CallbackListener } from './callback-listener/callback-listener.ts'
import { startListener } from './callback-listener/start-listener.ts'
import { billAddressRules } from './centre-client/bill-address.ts'
import { createCentreClient } from './centre-client/create-centre-client.ts'
import { createBillFetcher } from './centre-client/fetch-bill.ts'
import { BillFiles } from './features/bills/bill-files.ts'
import { billHandlers } from './features/bills/bills.ts'
import { DisclosureGuard } from './features/callbacks/disclosure-guard.ts'
import { inboundHandler } from './features/callbacks/inbound.ts'
import { SettlementInbox } from './features/callbacks/settlement-inbox.ts'
import { ChargeDesk } from './features/charges/charge-desk.ts'
import { counterHandlers } from './features/counter/counter.ts'
import { recoverOperations } from './features/counter/recover.ts'
import { diagnosticsHandlers } from './features/diagnostics/diagnostics.ts'
import { HealthBoard } from './features/health/health-board.ts'
import { HisHealth } from './features/health/his-health.ts'
import { CentreProber, watchedCentre } from './features/health/watch-centre.ts'
import { noticeHandlers } from './features/notices/notices.ts'
import { CentreAsker } from './features/orders/ask-centre.ts'
import { orderHandlers } from './features/orders/orders.ts'
import { Poller } from './features/orders/poller.ts'
import { recordResults } from './features/outbox/result-recorder.ts'
import { ResultWriter } from './features/outbox/result-writer.ts'
import { refundHandlers } from './features/refunds/refunds.ts'
import { settingsTestHandlers } from './features/settings/settings-test.ts'
import { createHisSource } from './his/create-his-source.ts'
import type { HisMemory } from './his/his-source.ts'
import { createTransport } from './http/transport.ts'
import type { AnsweredRequests, Handlers } from './rpc/dispatcher.ts'
import type { EventBus } from './rpc/event-bus.ts'
import { openStore, type Store } from './store/store.ts'

export interface DeskOptions {
  readonly dataDir: string
  readonly storeKey: Buffer | undefined
  readonly settings: Settings
  readonly clock: Clock
  readonly events: EventBus
  readonly report: (reportId: string, error: unknown) => void
  /** Resolves when the calls being answered are answered: they still write. */
  readonly callsUnderWay: () => Promise<unknown>
}

/** One run of the workstation under one set of settings. Saved settings end it and start another. */
export interface Desk {
  readonly settings: Settings
  readonly handlers: Omit<Handlers, 'settings.get' | 'settings.save'>
  readonly answered: AnsweredRequests
  readonly listenerUrl: string | null
  readonly centreUrl: string
  /** A request to the centre is under way. */
  isBusy(): boolean
  close(): Promise<void>
}

/** Opens the store of this environment and starts everything around it, the callback listener before the poller. */
export async function startDesk(options: DeskOptions): Promise<Result<Desk, { readonly words: string }>> {
  const { settings, clock, dataDir } = options
  // A database an environment: what was tried out in training can never stand beside real payments.
  const path = join(dataDir, settings.environment, 'cashier.db')
  const opened = openStore({ path, key: options.storeKey }, clock)
  if (!opened.ok) return opened
  try {
    return ok(await assemble(options, opened.value))
  } catch (error) {
    opened.value.close()
    throw error
  }
}

async function assemble(options: DeskOptions, store: Store): Promise<Desk> {
  const { settings, clock, events } = options
  const report = (error: unknown) => options.report(crypto.randomUUID(), error)
  const simulated = await startSimulatedCentre(options, () => listenerUrlOf(listener) ?? '')
  const centreUrl = simulated?.baseUrl ?? settings.centre.baseUrl

  const board = new HealthBoard(
    clock,
    () => store.orders.attentionCount(),
    (health) => events.publish({ name: 'health.changed', payload: health }),
  )
  const client = createCentreClient({ ...settings.centre, baseUrl: centreUrl }, clock, Math.random)
  const prober = new CentreProber(client, board, clock.now)
  const centre = watchedCentre(client, board, () => prober.heard())
  const fetcher = createBillFetcher({
    ...billAddressRules(settings.bills, centreUrl),
    timeoutMs: settings.bills.timeoutMs,
  })
  const billFiles = new BillFiles(join(options.dataDir, settings.environment, 'bills'))
  const hisHealth = new HisHealth(board)
  const onHisAnswer = (problem: string | undefined) => hisHealth.heard(problem)
  const his = createHisSource(settings, {
    clock,
    report,
    memory: hisMemory(store),
    onTrouble: (trouble) => hisHealth.watched(trouble),
  })
  const charges = new ChargeDesk({ his, store, clock, onHisAnswer })
  const asker = new CentreAsker(store, centre)
  const poller = new Poller({ store, clock, report, ask: (medOrgOrd) => asker.ask(medOrgOrd) })
  const fetchCharge = (medOrgOrd: string) => charges.fetch(medOrgOrd)

  const later = laterQueue(report)
  const { orgCodg, appId } = settings.centre
  const stopRecording = recordResults({ store, clock, appId, orgCodg })
  const resultWriter = new ResultWriter({
    store,
    clock,
    report,
    write: (result) => his.writeResult(result),
    onBacklog: (backlog) => hisHealth.waiting(backlog),
  })
  const inbox = new SettlementInbox({ store, clock, report, expected: { orgCodg, appId }, later: later.run })
  const handler = inboundHandler({
    store,
    inbox,
    orgCodg,
    guard: new DisclosureGuard(store, clock),
    fetchCharge,
    pendingCharges: (idNo) => his.pendingCharges({ idNo }),
  })

  const stopPublishing = store.book.onChange((order) => {
    events.publish({ name: 'order.changed', payload: order })
    board.attentionMayHaveChanged()
  })
  store.answeredRequests.forgetOld(clock.now())
  recoverOperations(store, clock)
  store.notices.recover()
  inbox.actOnWaiting()

  const listener: CallbackListener = await startListener({
    settings: settings.listener,
    handler,
    clock,
    log: (event) => event.event === 'handlerFailed' && report(event.error),
  })
  noteListener(board, listener)
  noteStore(board, options)
  poller.start()
  resultWriter.start()
  prober.start()

  return {
    settings,
    centreUrl,
    listenerUrl: listenerUrlOf(listener),
    answered: {
      find: (requestId) => store.answeredRequests.find(requestId),
      save: (entry) => store.answeredRequests.save(entry, clock.now()),
    },
    handlers: {
      ...counterHandlers({
        store,
        centre,
        clock,
        fetchCharge,
        environment: settings.environment,
        payWithinMs: settings.centre.payWithinSeconds * 1000,
        cashierPage: {
          appId,
          url: `${centreUrl.replace(/\/+$/, '')}${settings.centre.paths.cashier}`,
          notifyUrl: () => miniProgramUrl(listener, settings),
        },
        onOrderOpened: (medOrgOrd) => inbox.actOnParked(medOrgOrd),
      }),
      ...orderHandlers(store, asker),
      ...refundHandlers({ store, centre, clock }),
      ...noticeHandlers({ store, centre, clock }),
      ...billHandlers({ store, centre, fetcher, files: billFiles, names: settings.bills, clock }),
      ...diagnosticsHandlers(store),
      ...settingsTestHandlers({
        settings,
        clock,
        centreUrl,
        probeCentre: () => client.probe(),
        listener: () => listener,
        connect: createTransport,
        pendingCharges: () => his.pendingCharges({}),
        listsAll: his.listsAll,
      }),
      'charges.search': async (input) => ok(await charges.search(input)),
      'charges.get': ({ medOrgOrd }) => charges.get(medOrgOrd),
      'health.get': () => ok(board.read()),
      'session.get': () => ok(sessionOf(settings, clock)),
    },
    isBusy: () => store.operations.unfinished().length > 0,
    close: async () => {
      await listener.close()
      client.close()
      fetcher.close()
      const hisClosed = his.close()
      await Promise.all([options.callsUnderWay(), poller.close(), prober.close(), later.close()])
      await Promise.all([resultWriter.close(), hisClosed])
      await simulated?.close()
      stopPublishing()
      stopRecording()
      store.close()
    },
  }
}

/** Work that follows an answer: begun once the answer is on its way, finished before the store closes. */
function laterQueue(report: (error: unknown) => void) {
  const waiting = new Set<Promise<void>>()
  const run = (work: () => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.add(promise)
    setImmediate(() => {
      try {
        work()
      } catch (error) {
        report(error)
      }
      waiting.delete(promise)
      resolve()
    })
  }
  return { run, close: () => Promise.all(waiting) }
}

async function startSimulatedCentre(
  { settings, dataDir, clock }: DeskOptions,
  callbackBase: () => string,
): Promise<SimulatedCentre | undefined> {
  if (settings.environment !== 'simulated') return undefined
  const { appId, orgCodg, orgName, paths } = settings.centre
  return startCentre({
    port: 0,
    appId,
    orgCodg,
    orgName,
    paths,
    callbackBase,
    callbackPaths: settings.listener.paths,
    payAfterMs: null,
    clock,
    stateFile: join(dataDir, 'simulated', 'centre.json'),
  })
}

function listenerUrlOf(listener: CallbackListener): string | null {
  return listener.status.state === 'listening' ? listener.status.url : null
}

function hisMemory({ book, outbox, folderCharges }: Store): HisMemory {
  return {
    orderState: (medOrgOrd) => book.find(medOrgOrd)?.state ?? 'created',
    resultTaken: (medOrgOrd) => outbox.isTaken(medOrgOrd),
    folderCharges,
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** Where 2.3 is received; undefined while nothing listens. */
function miniProgramUrl(listener: CallbackListener, { listener: { host, paths } }: Settings): string | undefined {
  const url = listenerUrlOf(listener)
  // A wildcard address is listened on, and nobody can call it: the centre then has to know ours by itself.
  return url === null || isWildcard(host) ? undefined : `${url}${paths.miniProgram}`
}

function noteListener(board: HealthBoard, { status }: CallbackListener): void {
  if (status.state === 'listening') board.set('listener', 'ok', `正在 ${status.url} 接收回调`)
  else board.set('listener', 'down', status.words)
}

function noteStore(board: HealthBoard, { storeKey }: DeskOptions): void {
  if (storeKey === undefined) board.set('store', 'ok', '本机数据库正常（未加密）')
  else board.set('store', 'ok', '本机数据库正常（已加密）')
}

function sessionOf({ environment, centre, desk }: Settings, clock: Clock) {
  return {
    appVersion: packageJson.version,
    environment,
    orgName: centre.orgName,
    deskName: desk.name,
    operatorName: desk.operatorName,
    nowMs: clock.now(),
  }
}
