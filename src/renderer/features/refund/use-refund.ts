import { useStore } from 'zustand'
import { useApp, useFeatureStore } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { createRefundStore, type RefundState } from './refund-store.ts'

export function useRefund<T>(select: (state: RefundState) => T): T {
  return useStore(useFeatureStore(createRefundStore), select)
}

/** Why no refund may start now; `null` when one may. */
export function useRefundBlock(): string | null {
  return useApp((state) => moneyBlock(state.health, state.connection, '退款'))
}
