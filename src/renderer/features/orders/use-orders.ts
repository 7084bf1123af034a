import { useStore } from 'zustand'
import { useFeatureStore } from '../../lib/feature-store.tsx'
import { createOrdersStore, type OrdersState } from './orders-store.ts'

export function useOrders<T>(select: (state: OrdersState) => T): T {
  return useStore(useFeatureStore(createOrdersStore), select)
}
