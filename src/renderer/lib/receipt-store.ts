import { createStore, type StoreApi, useStore } from 'zustand'
import type { Order } from '#shared/contract/orders.ts'
import { type ReceiptKind, receiptObstacle } from '#shared/domain/receipt.ts'
import { type FeatureDeps, useFeatureStore } from './feature-store.tsx'
import { createRequestIntent } from './request-intent.ts'
import type { ShownFailure } from './rpc-client.ts'

export interface Receipt {
  readonly order: Order
  readonly kind: ReceiptKind
  /** 1 for the first; later ones are marked as copies. */
  readonly copyNo: number
  readonly atMs: number
  readonly to: 'printer' | 'pdf'
}

export interface ReceiptState {
  /** On paper, or on its way there; drawn for paper only. */
  readonly receipt: Receipt | null
  readonly busy: boolean
  readonly failure: { readonly medOrgOrd: string; readonly failure: ShownFailure } | null
  /** Where the last PDF was written. */
  readonly file: string | null
  /** Counts the print first; the sheet calls `put` when it is drawn. */
  print(order: Order, kind: ReceiptKind, to?: Receipt['to']): Promise<void>
  put(receipt: Receipt): Promise<void>
}

/** The latest thing that is proved of an order, which is what F9 prints; `undefined` while nothing is. */
export function receiptOf(order: Order): ReceiptKind | undefined {
  return (['refund', 'settlement'] as const).find((kind) => receiptObstacle(order, kind) === undefined)
}

/** Receipts of every screen: one sheet that is drawn for paper, and how it gets there. */
export function createReceiptStore({ client }: FeatureDeps): StoreApi<ReceiptState> {
  const intent = createRequestIntent()
  let handled: Receipt | null = null
  return createStore<ReceiptState>((set, get) => ({
    receipt: null,
    busy: false,
    failure: null,
    file: null,

    async print(order, kind, to = 'printer') {
      if (get().busy) return
      const { medOrgOrd } = order
      set({ busy: true, failure: null, file: null })
      const requestId = intent.idFor(`${kind} ${medOrgOrd}`)
      const answer = await client.call('receipts.print', { requestId, medOrgOrd, kind })
      if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
      if (answer.ok) set({ busy: false, receipt: { order, kind, to, ...answer.value } })
      else set({ busy: false, failure: { medOrgOrd, failure: answer.error } })
    },

    async put(receipt) {
      if (handled === receipt) return
      handled = receipt
      const { medOrgOrd } = receipt.order
      const answer = await client.call('receipts.toPrinter', {
        requestId: crypto.randomUUID(),
        medOrgOrd,
        to: receipt.to,
      })
      if (!answer.ok) set({ failure: { medOrgOrd, failure: answer.error } })
      else if (answer.value.by === 'window') window.print()
      else set({ file: answer.value.file })
    },
  }))
}

/** What F9 does. */
export function usePrintLatest(): (order: Order) => void {
  const print = useReceipts((state) => state.print)
  return (order) => {
    const kind = receiptOf(order)
    if (kind !== undefined) void print(order, kind)
  }
}

export function useReceipts<T>(select: (state: ReceiptState) => T): T {
  return useStore(useFeatureStore(createReceiptStore), select)
}
