import { useStore } from 'zustand'
import { useFeatureStore } from '../../lib/feature-store.tsx'
import { type BillsState, createBillsStore } from './bills-store.ts'

export function useBills<T>(select: (state: BillsState) => T): T {
  return useStore(useFeatureStore(createBillsStore), select)
}
