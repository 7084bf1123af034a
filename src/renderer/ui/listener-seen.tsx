import { useApp, useNow } from '../lib/feature-store.tsx'
import { shortTime } from './time-words.ts'

/** What the callback listener has seen since start: the first question when callbacks stay away. */
export function ListenerSeen() {
  const health = useApp((state) => state.health)
  const nowMs = useNow(5000)
  if (health === null) return null
  const { accepted, refusedCallers, lastAtMs } = health.callbacks
  return (
    <p data-testid="listener-seen">
      {health.listener.words}；启动以来收到 {accepted} 个请求，拒绝来源 {refusedCallers} 次，最近一次
      {lastAtMs === null ? '：没有' : ` ${shortTime(lastAtMs, nowMs)}`}
    </p>
  )
}
