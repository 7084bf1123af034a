import type { Backlog } from '#main/store/outbox.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import type { HealthBoard } from './health-board.ts'

/** What is known of the hospital's system: how it answers, and what waits to be written back to it. */
export class HisHealth {
  readonly #board: HealthBoard
  #problem: string | undefined
  #heard = false
  #backlog: Backlog = { count: 0, sinceMs: null, failing: false }

  constructor(board: HealthBoard) {
    this.#board = board
  }

  /** @param problem why it could not be asked; undefined when it answered. */
  heard(problem: string | undefined): void {
    this.#heard = true
    this.#problem = problem
    this.#show()
  }

  waiting(backlog: Backlog): void {
    const same = backlog.count === this.#backlog.count && backlog.failing === this.#backlog.failing
    this.#backlog = backlog
    if (!same) this.#show()
  }

  #show(): void {
    const late = backlogWords(this.#backlog)
    if (this.#problem !== undefined) this.#board.set('his', 'down', [this.#problem, ...late].join('；'))
    else if (late.length > 0) this.#board.set('his', 'warn', late.join('；'))
    else if (this.#heard) this.#board.set('his', 'ok', '医院信息系统应答正常')
    else this.#board.set('his', 'idle', '尚未检查')
  }
}

/** A result that is on its way for the first time is no news. */
function backlogWords({ count, sinceMs, failing }: Backlog): string[] {
  if (!failing || sinceMs === null) return []
  return [`有 ${count} 个结算或退款结果等待写回医院信息系统，最早的产生于 ${formatDateTime(sinceMs)}`]
}
