import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Store } from '#main/store/store.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { type ReceiptKind, type ReceiptObstacle, receiptObstacle } from '#shared/domain/receipt.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { PrintPort } from './print-port.ts'

export interface ReceiptParts {
  readonly store: Store
  readonly clock: Clock
  readonly printing: Settings['printing']
  /** Absent where the window has to print by itself. */
  readonly printer: PrintPort | undefined
  /** Where PDF files go. */
  readonly folder: string
}

export function receiptHandlers(parts: ReceiptParts): Pick<Handlers, 'receipts.print' | 'receipts.toPrinter'> {
  return {
    'receipts.print': ({ medOrgOrd, kind }, { operator }) => countPrint(parts, medOrgOrd, kind, operator.name),
    'receipts.toPrinter': ({ medOrgOrd, to }) => putOnPaper(parts, medOrgOrd, to),
  }
}

type PrintFailure = Failure<'ORDER_NOT_FOUND' | 'ORDER_STATE_FORBIDS'>

/** Counted before it is on paper: a print that failed leaves a gap in the numbers, never two first ones. */
function countPrint(
  { store, clock }: ReceiptParts,
  medOrgOrd: string,
  kind: ReceiptKind,
  operatorName: string,
): Result<{ copyNo: number; atMs: number }, PrintFailure> {
  const order = store.book.present(medOrgOrd)
  if (order === undefined) return err(failure('ORDER_NOT_FOUND'))
  const obstacle = receiptObstacle(order, kind)
  if (obstacle !== undefined) return err(failure('ORDER_STATE_FORBIDS', OBSTACLE_WORDS[obstacle], { obstacle }))
  const copyNo = printsOf(order, kind) + 1
  const atMs = clock.now()
  store.book.change(medOrgOrd, (record) => ({
    record,
    entries: [
      { kind: 'receiptPrinted', actor: 'operator', operatorName, data: { receipt: kind, copyNo: String(copyNo) } },
    ],
  }))
  return ok({ copyNo, atMs })
}

function printsOf({ timeline }: Order, kind: ReceiptKind): number {
  return timeline.filter((entry) => entry.kind === 'receiptPrinted' && entry.data.receipt === kind).length
}

async function putOnPaper(
  { printer, printing, folder }: ReceiptParts,
  medOrgOrd: string,
  to: 'printer' | 'pdf',
): Promise<Result<{ by: 'printer' | 'pdf' | 'window'; file: string | null }, Failure<'PRINT_FAILED'>>> {
  if (printer === undefined) return ok({ by: 'window', file: null })
  const { paper } = printing
  if (to === 'pdf') {
    const written = await printer.pdf({ paper, folder, name: medOrgOrd.replace(/[^A-Za-z0-9_-]/g, '_') })
    return written.ok ? ok({ by: 'pdf', file: written.value }) : err(failure('PRINT_FAILED', written.error.words))
  }
  const printed = await printer.print({ paper, printer: printing.printer })
  return printed.ok ? ok({ by: 'printer', file: null }) : err(failure('PRINT_FAILED', printed.error.words))
}

const OBSTACLE_WORDS: Readonly<Record<ReceiptObstacle, string>> = {
  notSettled: '订单还没有结清，不能打印结算凭证',
  notRefunded: '订单没有退成的款，不能打印退款凭证',
  outcomeUnknown: '退款结果未知，查明后再打印',
  needsPerson: '订单账目存疑，核对后再打印',
}
