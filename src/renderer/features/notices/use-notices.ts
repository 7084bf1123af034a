import { useStore } from 'zustand'
import { useApp, useFeatureStore } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { createNoticesStore, type NoticesState } from './notices-store.ts'

export function useNotices<T>(select: (state: NoticesState) => T): T {
  return useStore(useFeatureStore(createNoticesStore), select)
}

/** Why no notice may be sent now; `null` when one may. */
export function useNoticeBlock(): string | null {
  return useApp((state) => moneyBlock(state.health, state.connection, '通知'))
}
