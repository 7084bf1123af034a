import { join } from 'node:path'
import type { CallbackListener } from '#main/callback-listener/callback-listener.ts'
import { billAddressRules } from '#main/centre-client/bill-address.ts'
import type { CentreClient } from '#main/centre-client/centre-client.ts'
import { createCentreClient } from '#main/centre-client/create-centre-client.ts'
import { createBillFetcher } from '#main/centre-client/fetch-bill.ts'
import { createVoucherDecoder } from '#main/decoder/create-voucher-decoder.ts'
import type { VoucherDecoder } from '#main/decoder/voucher-decoder.ts'
import { HealthBoard } from '#main/features/health/health-board.ts'
import { HisHealth } from '#main/features/health/his-health.ts'
import { StoreHealth } from '#main/features/health/store-health.ts'
import { CentreProber, watchedCentre } from '#main/features/health/watch-centre.ts'
import { createHisSource } from '#main/his/create-his-source.ts'
import type { HisMemory, HisSource } from '#main/his/his-source.ts'
import type { Store } from '#main/store/store.ts'
import { type SimulatedCentre, startCentre } from '#simulator/centre-server.ts'
import type { DeskBase, DeskOptions } from './desk-options.ts'
import { listenerUrlOf } from './listener-url.ts'

/** What the desk speaks to, each watched by the health board. */
export interface FarSides {
  readonly board: HealthBoard
  readonly storeHealth: StoreHealth
  readonly centreUrl: string
  readonly centre: CentreClient
  readonly prober: CentreProber
  readonly bills: ReturnType<typeof createBillFetcher>
  readonly decoder: VoucherDecoder
  readonly his: HisSource
  readonly hisHealth: HisHealth
  /** Ends what is under way: a write to the centre then is unknown, or was not sent. */
  hangUp(): Promise<unknown>
  /** The simulated centre goes last: what the desk still says while it closes reaches it. */
  closeSimulator(): Promise<void>
}

/** @param listener where the simulated centre calls back; there only after it started. */
export async function connectFarSides(base: DeskBase, listener: () => CallbackListener | undefined): Promise<FarSides> {
  const { options, store, settings, clock, report } = base
  const { network, timers, random } = options
  const simulated = await startSimulatedCentre(options, () => callbackBase(listener()))
  const centreUrl = simulated?.baseUrl ?? settings.centre.baseUrl
  const board = new HealthBoard({
    clock,
    attentionCount: () => store.orders.attentionCount(),
    callbacks: () => listener()?.counts() ?? NOTHING_SEEN,
    publish: (health) => options.events.publish({ name: 'health.changed', payload: health }),
  })
  const storeHealth = new StoreHealth(board, options.storeKey !== undefined)
  const client = createCentreClient(settings.centre, { transport: network.connect(centreUrl), clock, timers, random })
  const prober = new CentreProber({ client, board, clock, timers })
  const rules = billAddressRules(settings.bills, centreUrl)
  const bills = createBillFetcher({ ...rules, timeoutMs: settings.bills.timeoutMs })
  const decoder = createVoucherDecoder(settings)
  const hisHealth = new HisHealth(board)
  const his = createHisSource(settings, {
    clock,
    report,
    connect: network.connect,
    memory: hisMemory(store),
    onTrouble: (trouble) => hisHealth.watched(trouble),
  })
  return {
    board,
    storeHealth,
    centreUrl,
    centre: watchedCentre(client, board, () => prober.heard()),
    prober,
    bills,
    decoder,
    his,
    hisHealth,
    hangUp: () => {
      client.close()
      bills.close()
      decoder.close()
      return Promise.all([his.close(), prober.close()])
    },
    closeSimulator: async () => simulated?.close(),
  }
}

const NOTHING_SEEN = { accepted: 0, refusedCallers: 0, lastAtMs: null }

function callbackBase(listener: CallbackListener | undefined): string {
  return listener === undefined ? '' : (listenerUrlOf(listener) ?? '')
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

/** What a source may ask of our own store. */
export function hisMemory({ book, outbox, folderCharges }: Store): HisMemory {
  return {
    orderState: (medOrgOrd) => book.find(medOrgOrd)?.state ?? 'created',
    resultTaken: (medOrgOrd) => outbox.isTaken(medOrgOrd),
    folderCharges,
  }
}
