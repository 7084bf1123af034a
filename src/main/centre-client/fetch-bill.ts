import { createDownloader } from '#main/http/download.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type BillAddressRules, checkBillUrl } from './bill-address.ts'

/** Largest bill that is fetched: about a million rows. */
export const MAX_BILL_BYTES = 200 * 1024 * 1024

export interface FetchedBill {
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

export type BillFetchFailure = Failure<
  'BILL_BLOCKED' | 'BILL_TOO_LARGE' | 'CENTRE_UNREACHABLE' | 'CENTRE_REFUSED' | 'STORE_UNWRITABLE'
>

/**
 * The second half of interface 1.5: the GET of `downloadUrl`. Never in the window, and never through the centre's own
 * client, because it may go to another host.
 */
export interface BillFetcher {
  /** One try, to a new file that only this user may read. After a failure nothing usable is in it. */
  fetch(downloadUrl: string, toFile: string): Promise<Result<FetchedBill, BillFetchFailure>>
  close(): void
}

export interface BillFetcherSettings extends BillAddressRules {
  readonly timeoutMs: number
  readonly maxBytes?: number
}

export function createBillFetcher(settings: BillFetcherSettings): BillFetcher {
  const downloader = createDownloader()
  const { maxBytes = MAX_BILL_BYTES, timeoutMs } = settings
  return {
    async fetch(downloadUrl, toFile) {
      const checked = checkBillUrl(downloadUrl, settings)
      if (!checked.ok) return err(failure('BILL_BLOCKED', checked.error))
      const result = await downloader.fetch({ url: checked.value, toFile, maxBytes, deadlineMs: timeoutMs })
      if (result.kind === 'saved') return ok({ bytes: result.bytes, sha256: result.sha256 })
      if (result.kind === 'status') return err(readStatus(result.status))
      if (result.kind === 'tooLarge') {
        return err(failure('BILL_TOO_LARGE', `对账单超过 ${Math.round(maxBytes / 1024 / 1024)} MB，没有读完`))
      }
      if (result.kind === 'unwritable') return err(failure('STORE_UNWRITABLE', '对账单无法写入本机磁盘'))
      if (result.kind === 'timeout') return err(failure('CENTRE_UNREACHABLE', '在限定时间内没有下载完对账单'))
      return err(failure('CENTRE_UNREACHABLE', `下载对账单：${result.words}`))
    },
    close: () => downloader.close(),
  }
}

function readStatus(status: number): BillFetchFailure {
  if (status >= 300 && status <= 399) {
    return failure('BILL_BLOCKED', `下载地址要求转到别处（HTTP ${status}），没有跟随`)
  }
  const code = status >= 500 || status === 408 || status === 429 ? 'CENTRE_UNREACHABLE' : 'CENTRE_REFUSED'
  return failure(code, `下载对账单时对方答复 HTTP ${status}`)
}
