import { dayOf, formatDateTime } from '#shared/domain/time.ts'

/** 14:02 today, otherwise 11-23 14:02; the year when it is another one. Beijing time. */
export function shortTime(atMs: number, nowMs: number): string {
  const text = formatDateTime(atMs)
  if (dayOf(atMs) === dayOf(nowMs)) return text.slice(11, 16)
  return text.slice(0, 4) === formatDateTime(nowMs).slice(0, 4) ? text.slice(5, 16) : text.slice(0, 16)
}

/** How long ago, roughly: 刚刚, 8 秒前, 3 分钟前, 2 小时前, 5 天前. */
export function ageWords(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1000))
  if (seconds < 5) return '刚刚'
  if (seconds < 60) return `${seconds} 秒前`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟前`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} 小时前`
  return `${Math.floor(seconds / 86_400)} 天前`
}

/** Minutes and seconds of a countdown, never below 0:00. */
export function countdownWords(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
