import { useStore } from 'zustand'
import { useApp, useFeatureStore } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import type { CounterState } from './counter-state.ts'
import { createCounterStore } from './counter-store.ts'

export function useCounter<T>(select: (state: CounterState) => T): T {
  return useStore(useFeatureStore(createCounterStore), select)
}

/** Why money actions are off now; `null` when they are on. */
export function useMoneyBlock(): string | null {
  return useApp((state) => moneyBlock(state.health, state.connection))
}
