import { Button } from 'antd'
import type { Order } from '#shared/contract/orders.ts'
import { receiptOf, useReceipts } from '../lib/receipt-store.ts'
import { ActionButton } from './action-button.tsx'
import { FailureLine } from './error-state.tsx'
import { RECEIPT_WORDS } from './words/receipts.ts'

/** F9 prints the latest thing that is proved; what was proved before can still be printed beside it. */
export function ReceiptButtons({ order, size }: { order: Order; size?: 'large' }) {
  const print = useReceipts((state) => state.print)
  const busy = useReceipts((state) => state.busy)
  const kind = receiptOf(order)
  return (
    <>
      <ActionButton
        action="print"
        disabled={kind === undefined}
        loading={busy}
        testId="print-receipt"
        {...(size === undefined ? {} : { size })}
        onClick={() => kind !== undefined && void print(order, kind)}
      >
        {kind === undefined ? '打印凭证' : RECEIPT_WORDS[kind].print}
      </ActionButton>
      {kind === 'refund' && (
        <Button
          disabled={busy}
          size={size ?? 'middle'}
          data-testid="print-settlement"
          onClick={() => void print(order, 'settlement')}
        >
          {RECEIPT_WORDS.settlement.print}
        </Button>
      )}
      {kind !== undefined && hasOwnPrinter() && (
        <Button
          disabled={busy}
          size={size ?? 'middle'}
          data-testid="receipt-pdf"
          onClick={() => void print(order, kind, 'pdf')}
        >
          存为 PDF
        </Button>
      )}
    </>
  )
}

/** What became of the last print of this order, where there is something to say. */
export function ReceiptMessages({ order }: { order: Order }) {
  const failed = useReceipts((state) => state.failure)
  const file = useReceipts((state) => state.file)
  const shown = useReceipts((state) => state.receipt?.order.medOrgOrd)
  if (failed?.medOrgOrd === order.medOrgOrd) return <FailureLine failure={failed.failure} />
  if (file === null || shown !== order.medOrgOrd) return null
  return <p data-testid="receipt-file">已存为 {file}</p>
}

/** Electron prints by itself; a browser's own dialog makes PDF files without us. */
function hasOwnPrinter(): boolean {
  return 'cashier' in window
}
