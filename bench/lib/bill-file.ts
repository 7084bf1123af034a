import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BillFiles } from '#main/features/bills/bill-files.ts'
import { BillReadings } from '#main/features/bills/bill-readings.ts'
import type { OrderList } from '#main/store/order-filter.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import { TaskBoard } from '#main/tasks/task-board.ts'
import { createJobRunner } from '#main/worker/job-runner.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { yuanText, ZERO_FEN } from '#shared/domain/money.ts'
import { formatDateTime, systemClock } from '#shared/domain/time.ts'

export const BILL_DAY = '2026-06-30'

/** As the product is built. */
const WORKER = new URL('../../out/main/worker.js', import.meta.url)

/** A bill in the simulated centre's form, of orders that took cash, as many lines as asked for. @returns how many. */
export function writeBillFile(store: Store, path: string, lines: number): number {
  const file = openSync(path, 'w')
  writeSync(file, '交易时间,交易类型,医院订单号,支付中心订单号,自费金额\r\n')
  let written = 0
  for (const page of pagesOf(store, { states: ['settled'] })) {
    const paid = page.filter(({ proof }) => proof.legs.cash === 'paid').slice(0, lines - written)
    writeSync(file, paid.map(lineOf).join(''))
    written += paid.length
    if (written === lines) break
  }
  closeSync(file)
  return written
}

function* pagesOf(store: Store, list: OrderList): Generator<readonly OrderRecord[]> {
  let after: OrderRecord | undefined
  do {
    const page = store.orderSearch.list({ ...list, after, limit: 2_000 })
    yield page
    after = page.at(-1)
  } while (after !== undefined)
}

function lineOf({ medOrgOrd, payOrdId, proof, settledAtMs }: OrderRecord): string {
  const amount = yuanText(proof.amounts.ownPayFen ?? ZERO_FEN)
  return `${formatDateTime(settledAtMs ?? 0)},SUCCESS,${medOrgOrd},${payOrdId},${amount}\r\n`
}

/** The product's own import, with this file in the place of the centre's. @param database of that store */
export function billImport(store: Store, database: string, path: string): () => Promise<number> {
  const files = new BillFiles(join(dirname(database), 'bills'))
  const readings = new BillReadings({
    ...{ store, files, clock: systemClock, jobs: createJobRunner(WORKER), database: { path: database } },
    names: settingsSchema.parse({ environment: 'simulated' }).bills,
    tasks: new TaskBoard(systemClock, () => undefined, console.error),
  })
  return async () => {
    const incoming = files.incoming()
    copyFileSync(path, incoming)
    const sha256 = createHash('sha256').update(path).digest('hex')
    const read = await readings.read({
      ...{ billDate: BILL_DAY, billType: 'ALL', sha256, rulesHash: readings.rulesHash },
      ...{ fileName: files.keep(incoming, sha256), fileBytes: statSync(path).size },
      ...{ downloadedAtMs: 0, downloadedBy: 'bench' },
    })
    if (!read.ok) throw new Error(read.error.message)
    return store.bills.find(read.value)?.facts.rows ?? 0
  }
}
