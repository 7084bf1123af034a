import type { Backlog } from '#main/store/outbox.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import type { HealthBoard } from './health-board.ts'

/** What is known of the hospital's system: how it answers, and what waits to be written back to it. */
export class HisHealth {
  readonly #board: HealthBoard
  /** How the last question went; undefined until one was asked. */
  #asked: HealthFinding | undefined
  /** What the source has found by itself. */
  #watched: HealthFinding | undefined
  #backlog: Backlog = { count: 0, sinceMs: null, failing: false }

  constructor(board: HealthBoard) {
    this.#board = board
  }

  /** @param problem why it could not be asked; undefined when it answered. */
  heard(problem: string | undefined): void {
    this.#asked = problem === undefined ? ANSWERS : { state: 'down', words: problem }
    this.#show()
  }

  /** A source that watches by itself says what is wrong; undefined when nothing is. */
  watched(trouble: HealthFinding | undefined): void {
    // A question that failed for it is answered by it being right again.
    this.#asked = trouble === undefined ? ANSWERS : this.#asked
    this.#watched = trouble
    this.#show()
  }

  waiting(backlog: Backlog): void {
    const same = backlog.count === this.#backlog.count && backlog.failing === this.#backlog.failing
    this.#backlog = backlog
    if (!same) this.#show()
  }

  /** The worst of what is known, in all its words. */
  #show(): void {
    const found = [this.#asked, this.#watched, backlogFinding(this.#backlog)].filter((finding) => finding !== undefined)
    const bad = found.filter(({ state }) => state !== 'ok')
    const state = bad.some((finding) => finding.state === 'down') ? 'down' : 'warn'
    if (bad.length > 0) this.#board.set('his', state, [...new Set(bad.map(({ words }) => words))].join('；'))
    else if (found.length > 0) this.#board.set('his', 'ok', ANSWERS.words)
  }
}

interface HealthFinding {
  readonly state: 'ok' | 'warn' | 'down'
  readonly words: string
}

const ANSWERS: HealthFinding = { state: 'ok', words: '医院信息系统应答正常' }

/** A result that is on its way for the first time is no news. */
function backlogFinding({ count, sinceMs, failing }: Backlog): HealthFinding | undefined {
  if (!failing || sinceMs === null) return undefined
  const words = `有 ${count} 个结算或退款结果等待写回医院信息系统，最早的产生于 ${formatDateTime(sinceMs)}`
  return { state: 'warn', words }
}
