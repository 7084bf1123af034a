import { join } from 'node:path'
import type { CallbackListener } from '#main/callback-listener/callback-listener.ts'
import { simulatedVoucherCode } from '#main/decoder/simulator-decoder.ts'
import { BillFiles } from '#main/features/bills/bill-files.ts'
import { billHandlers } from '#main/features/bills/bills.ts'
import { counterHandlers } from '#main/features/counter/counter.ts'
import { ScanMemory } from '#main/features/counter/scan-memory.ts'
import { diagnosticsHandlers } from '#main/features/diagnostics/diagnostics.ts'
import { noticeHandlers } from '#main/features/notices/notices.ts'
import { type ExportParts, startExport } from '#main/features/orders/export-orders.ts'
import { orderHandlers } from '#main/features/orders/orders.ts'
import { receiptHandlers } from '#main/features/receipts/receipts.ts'
import { refundHandlers } from '#main/features/refunds/refunds.ts'
import { settingsTestHandlers } from '#main/features/settings/settings-test.ts'
import { taskHandlers } from '#main/features/tasks/tasks.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { ok } from '#shared/domain/result.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import { candidateParts } from './candidate-parts.ts'
import type { DeskBase } from './desk-options.ts'
import type { DeskWork } from './desk-work.ts'
import type { FarSides } from './far-sides.ts'
import { listenerUrlOf } from './listener-url.ts'

/** Everything that a window may ask of a running desk; settings, lock and display belong to the app, which outlives it. */
export type DeskHandlers = Omit<
  Handlers,
  'settings.get' | 'settings.save' | 'settings.keep' | `window.${string}` | `display.${string}`
>

/** The handlers of every feature, each given what it needs and nothing else. */
export function deskHandlers(base: DeskBase, far: FarSides, work: DeskWork, listener: CallbackListener): DeskHandlers {
  const { store, settings, clock, options } = base
  const { centre, his, board, centreUrl } = far
  const files = new BillFiles(join(options.dataDir, settings.environment, 'bills'))
  const fetchCharge = (medOrgOrd: string) => work.charges.fetch(medOrgOrd)
  const onOrderOpened = (medOrgOrd: string) => work.inbox.actOnParked(medOrgOrd)
  return {
    ...counterHandlers({
      store,
      centre,
      clock,
      fetchCharge,
      environment: settings.environment,
      payWithinMs: settings.centre.payWithinSeconds * 1000,
      cashierPage: {
        appId: settings.centre.appId,
        url: `${centreUrl.replace(/\/+$/, '')}${settings.centre.paths.cashier}`,
        notifyUrl: () => miniProgramUrl(listener, settings),
      },
      decoder: far.decoder,
      scans: new ScanMemory(clock, settings.scanner.tokenLifeSeconds * 1000),
      inventedCode: (idNo) => (settings.scanner.decoder === 'simulator' ? simulatedVoucherCode(idNo) : undefined),
      onOrderOpened,
    }),
    ...orderHandlers({
      ...{ store, centre, clock, fetchCharge, onOrderOpened },
      asker: work.asker,
      environment: settings.environment,
      orgCodg: settings.centre.orgCodg,
    }),
    'orders.export': (input, context) => startExport(exportParts(base, work), input, context),
    ...taskHandlers(work.tasks),
    ...refundHandlers({ store, centre, clock }),
    ...receiptHandlers({
      store,
      clock,
      printing: settings.printing,
      printer: options.printer,
      folder: join(options.dataDir, settings.environment, 'receipts'),
    }),
    ...noticeHandlers({ store, centre, clock }),
    ...billHandlers({
      ...{ store, centre, fetcher: far.bills, files, names: settings.bills, clock, database: base.database },
      ...{ jobs: options.jobs, tasks: work.tasks },
    }),
    ...diagnosticsHandlers(store),
    ...settingsTestHandlers(
      {
        settings,
        clock,
        centreUrl,
        probeCentre: () => centre.probe(),
        testDecoder: () => far.decoder.test(),
        withListener: (use) => use(listener),
        connect: options.network.connect,
        pendingCount: async () => {
          const answer = await his.pendingCharges({})
          return answer.ok ? ok(answer.value.length) : answer
        },
        listsAll: his.listsAll,
      },
      (candidate) => candidateParts(base, far, listener, candidate),
    ),
    'charges.search': async (input) => ok(await work.charges.search(input)),
    'charges.get': ({ medOrgOrd }) => work.charges.get(medOrgOrd),
    'health.get': () => ok(board.read()),
    'session.get': () => ok(sessionOf(settings, options.isFirstStart())),
    'clock.get': () => ok({ nowMs: clock.now() }),
  }
}

function exportParts({ database, options, settings, clock }: DeskBase, { tasks }: DeskWork): ExportParts {
  const folder = join(options.dataDir, settings.environment, 'exports')
  return { tasks, database, folder, clock, jobs: options.jobs }
}

/** Where 2.3 is received; undefined while nothing listens. */
function miniProgramUrl(listener: CallbackListener, { listener: { host, paths } }: Settings): string | undefined {
  const url = listenerUrlOf(listener)
  // A wildcard address is listened on, and nobody can call it: the centre then has to know ours by itself.
  const isWildcard = host === '0.0.0.0' || host === '::'
  return url === null || isWildcard ? undefined : `${url}${paths.miniProgram}`
}

function sessionOf({ environment, centre, desk }: Settings, isFirstStart: boolean) {
  return {
    appVersion: packageJson.version,
    environment,
    orgName: centre.orgName,
    deskName: desk.name,
    operatorName: desk.operatorName,
    isFirstStart,
  }
}
