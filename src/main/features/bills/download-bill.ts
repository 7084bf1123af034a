import { createHash } from 'node:crypto'
import type { CentreClient, CentreOutcome } from '#main/centre-client/centre-client.ts'
import type { BillFetcher } from '#main/centre-client/fetch-bill.ts'
import type { BillRecord, NewBill, NewBillRow } from '#main/store/bills.ts'
import type { Store } from '#main/store/store.ts'
import type { BillType } from '#shared/centre/download-bill.ts'
import type { Bill } from '#shared/contract/bills.ts'
import { type BillNames, DEFAULT_BILL_NAMES } from '#shared/domain/bill-columns.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { BillFiles } from './bill-files.ts'
import { presentBill } from './present-bill.ts'
import { BILL_READER_VERSION, type BillLine, readBill } from './read-bill.ts'

export interface BillParts {
  readonly store: Store
  readonly centre: Pick<CentreClient, 'downloadBill'>
  readonly fetcher: BillFetcher
  readonly files: BillFiles
  /** Header names and words of this site. */
  readonly names: BillNames
  readonly clock: Clock
}

export type DownloadFailure = Failure<
  | 'CENTRE_UNREACHABLE'
  | 'CENTRE_REFUSED'
  | 'CENTRE_UNREADABLE'
  | 'BILL_BLOCKED'
  | 'BILL_UNREADABLE'
  | 'BILL_TOO_LARGE'
  | 'STORE_UNWRITABLE'
>

interface Wanted {
  readonly billDate: string
  readonly billType: BillType
}

/** Fetches, keeps, reads and compares bills (interface 1.5). One download of a day and type at a time. */
export class BillDownloads {
  readonly #parts: BillParts
  readonly #running = new Map<string, Promise<Result<Bill, DownloadFailure>>>()

  constructor(parts: BillParts) {
    this.#parts = parts
  }

  download(wanted: Wanted, operatorName: string): Promise<Result<Bill, DownloadFailure>> {
    const key = `${wanted.billDate} ${wanted.billType}`
    const running = this.#running.get(key)
    if (running !== undefined) return running
    const download = this.#download(wanted, operatorName).finally(() => this.#running.delete(key))
    this.#running.set(key, download)
    return download
  }

  async #download(wanted: Wanted, downloadedBy: string): Promise<Result<Bill, DownloadFailure>> {
    const { store, clock } = this.#parts
    const fetched = await this.#fetch(wanted)
    if (!fetched.ok) return fetched
    const bill: NewBill = {
      ...wanted,
      ...fetched.value,
      rulesHash: rulesHash(this.#parts.names),
      downloadedAtMs: clock.now(),
      downloadedBy,
    }
    const kept = await this.#keep(bill)
    if (!kept.ok) return kept
    await store.billComparer.compare(kept.value, clock.now())
    const record = store.bills.find(kept.value)
    if (record === undefined) throw new Error('a bill that was just kept is gone')
    return ok(presentBill(store, record))
  }

  /** Asks for the address and fetches the file; it is kept also where it cannot be read afterwards. */
  async #fetch(wanted: Wanted): Promise<Result<Pick<NewBill, 'sha256' | 'fileName' | 'fileBytes'>, DownloadFailure>> {
    const { centre, fetcher, files, store, clock } = this.#parts
    const asked = await centre.downloadBill(wanted)
    if (asked.outcome !== 'succeeded') return err(askFailure(asked))
    store.wireLog.countDrift('1.5', asked.drift, clock.now())
    const incoming = files.incoming()
    try {
      const fetched = await fetcher.fetch(asked.value.downloadUrl, incoming)
      if (!fetched.ok) return fetched
      const { sha256, bytes } = fetched.value
      return ok({ sha256, fileName: files.keep(incoming, sha256), fileBytes: bytes })
    } finally {
      files.discard(incoming)
    }
  }

  /** @returns the id of the bill: the one that is there already, if the same file was read under the same rules. */
  async #keep(bill: NewBill): Promise<Result<number, DownloadFailure>> {
    const { bills } = this.#parts.store
    const same: BillRecord | undefined = bills.findSame(bill)
    if (same?.rulesHash !== bill.rulesHash) return this.#read(bill)
    bills.downloadedAgain(same.id, bill.downloadedAtMs, bill.downloadedBy)
    return ok(same.id)
  }

  async #read(bill: NewBill): Promise<Result<number, DownloadFailure>> {
    const { store, files, names } = this.#parts
    const billId = store.bills.begin(bill)
    let finished = false
    try {
      const read = await readBill(files.pathOf(bill.fileName), {
        names,
        billType: bill.billType,
        take: (lines) => store.transaction(() => store.bills.addRows(billId, lines.map(toRow))),
      })
      if (!read.ok) return err(readFailure(read.error, bill.fileName))
      const columns = read.value.columns.map(({ header, field }) => ({ header, field }))
      store.transaction(() => store.bills.finish(billId, { ...read.value, columns, notes: [...read.value.notes] }))
      finished = true
      return ok(billId)
    } finally {
      if (!finished) store.bills.drop(billId)
    }
  }
}

/** The same file is read anew when the site's names, ours or the reader have changed. */
function rulesHash(names: BillNames): string {
  const rules = [BILL_READER_VERSION, names.columns, names.words, DEFAULT_BILL_NAMES]
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex')
}

function toRow(line: BillLine): NewBillRow {
  if (line.kind === 'row') return { ...line, raw: null, reason: null }
  return { ...NOTHING_READ, line: line.line, raw: line.raw, reason: line.reason }
}

const NOTHING_READ = {
  movement: null,
  medOrgOrd: null,
  payOrdId: null,
  appRefdSn: null,
  tradeTime: null,
  tradeAtMs: null,
  amountFen: null,
  others: [],
}

function readFailure(
  problem: { readonly code: 'BILL_UNREADABLE' | 'BILL_TOO_LARGE'; words: string; headers: readonly string[] },
  fileName: string,
): DownloadFailure {
  const { code, words, headers } = problem
  return failure(code, `${words}。原始文件已保存：bills/${fileName}`, { fileName, headers })
}

function askFailure(outcome: Exclude<CentreOutcome<unknown>, { outcome: 'succeeded' }>): DownloadFailure {
  if (outcome.outcome === 'failed') {
    return failure(outcome.reason === 'refused' ? 'CENTRE_REFUSED' : 'CENTRE_UNREACHABLE', outcome.words)
  }
  const unreadable = outcome.reason === 'unreadable' || outcome.reason === 'foreign' || outcome.reason === 'tooLarge'
  return failure(unreadable ? 'CENTRE_UNREADABLE' : 'CENTRE_UNREACHABLE', outcome.words)
}
