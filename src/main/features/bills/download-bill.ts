import type { CentreClient, CentreOutcome } from '#main/centre-client/centre-client.ts'
import type { BillFetcher } from '#main/centre-client/fetch-bill.ts'
import type { NewBill } from '#main/store/bills.ts'
import type { Store } from '#main/store/store.ts'
import type { BillType } from '#shared/centre/download-bill.ts'
import type { Bill } from '#shared/contract/bills.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { BillFiles } from './bill-files.ts'
import type { BillReadings, ReadFailure } from './bill-readings.ts'
import { presentBill } from './present-bill.ts'

export interface DownloadParts {
  readonly store: Store
  readonly centre: Pick<CentreClient, 'downloadBill'>
  readonly fetcher: BillFetcher
  readonly files: BillFiles
  readonly readings: Pick<BillReadings, 'read' | 'compare' | 'rulesHash'>
  readonly clock: Clock
}

export type DownloadFailure =
  | ReadFailure
  | Failure<'CENTRE_UNREACHABLE' | 'CENTRE_REFUSED' | 'CENTRE_UNREADABLE' | 'BILL_BLOCKED' | 'BILL_TOO_LARGE'>

interface Wanted {
  readonly billDate: string
  readonly billType: BillType
}

/** Fetches, keeps, reads and compares bills (interface 1.5). One download of a day and type at a time. */
export class BillDownloads {
  readonly #parts: DownloadParts
  readonly #running = new Map<string, Promise<Result<Bill, DownloadFailure>>>()

  constructor(parts: DownloadParts) {
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
    const { store, clock, files, readings } = this.#parts
    const fetched = await this.#fetch(wanted)
    if (!fetched.ok) return fetched
    const bill: NewBill = {
      ...wanted,
      ...fetched.value,
      rulesHash: readings.rulesHash,
      downloadedAtMs: clock.now(),
      downloadedBy,
    }
    const kept = await this.#keep(bill)
    if (!kept.ok) return kept
    const record = store.bills.find(kept.value)
    if (record === undefined) throw new Error('a bill that was just kept is gone')
    return ok(presentBill(files, record))
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
    const same = bills.findSame(bill)
    if (same?.rulesHash !== bill.rulesHash) return this.#parts.readings.read(bill)
    bills.downloadedAgain(same.id, bill.downloadedAtMs, bill.downloadedBy)
    await this.#parts.readings.compare(same)
    return ok(same.id)
  }
}

function askFailure(outcome: Exclude<CentreOutcome<unknown>, { outcome: 'succeeded' }>): DownloadFailure {
  if (outcome.outcome === 'failed') {
    return failure(outcome.reason === 'refused' ? 'CENTRE_REFUSED' : 'CENTRE_UNREACHABLE', outcome.words)
  }
  const unreadable = outcome.reason === 'unreadable' || outcome.reason === 'foreign' || outcome.reason === 'tooLarge'
  return failure(unreadable ? 'CENTRE_UNREADABLE' : 'CENTRE_UNREACHABLE', outcome.words)
}
