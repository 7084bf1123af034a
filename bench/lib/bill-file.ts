import { createHash } from 'node:crypto'
import { closeSync, copyFileSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BillFiles } from '#main/features/bills/bill-files.ts'
import { BillDownloads } from '#main/features/bills/download-bill.ts'
import type { OrderList } from '#main/store/order-filter.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import { yuanText, ZERO_FEN } from '#shared/domain/money.ts'
import { formatDateTime, systemClock } from '#shared/domain/time.ts'

export const BILL_DAY = '2026-06-30'

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

/** The product's own import, with this file in the place of the centre's. */
export function billImport(store: Store, folder: string, path: string): () => Promise<number> {
  const downloads = new BillDownloads({
    store,
    clock: systemClock,
    files: new BillFiles(join(folder, 'bills')),
    names: {
      columns: {
        ...{ medOrgOrd: [], payOrdId: [], tradeTime: [], amount: [], refundAmount: [], tradeType: [], status: [] },
        appRefdSn: [],
      },
      words: { paid: [], refunded: [], ignored: [] },
    },
    centre: {
      downloadBill: async () => ({
        ...{ outcome: 'succeeded', value: { downloadUrl: 'http://127.0.0.1/bill' }, drift: [] },
        exchange: { startedAtMs: 0, elapsedMs: 0, status: 200, replyBody: null },
      }),
    },
    fetcher: {
      async fetch(_url, to) {
        copyFileSync(path, to)
        const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
        return { ok: true, value: { sha256, bytes: statSync(path).size } }
      },
      close: () => undefined,
    },
  })
  return async () => {
    const imported = await downloads.download({ billDate: BILL_DAY, billType: 'ALL' }, 'bench')
    if (!imported.ok) throw new Error(imported.error.message)
    return imported.value.rows
  }
}
