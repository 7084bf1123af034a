import { formatDateTime } from '#shared/domain/time.ts'
import { useNow } from '../lib/feature-store.tsx'
import { ageWords, shortTime } from './time-words.ts'

/** When something was so, and how long ago: 「截至 14:02（3 分钟前）」. */
export function Age({ atMs, label }: { atMs: number; label: string }) {
  const nowMs = useNow(5000)
  return (
    <time title={formatDateTime(atMs)}>
      {label} {shortTime(atMs, nowMs)}（{ageWords(atMs, nowMs)}）
    </time>
  )
}
