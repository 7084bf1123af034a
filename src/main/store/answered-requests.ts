import type { Db } from './open.ts'

interface Entry {
  readonly requestId: string
  readonly procedure: string
  readonly inputHash: string
  readonly answer: string
}

/** How long a repeat of a command still finds its first answer. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** The table `answered_request`: a repeated command answers the first answer, also after a restart. */
export class AnsweredRequestRepository {
  readonly #find
  readonly #save
  readonly #forget

  constructor(db: Db) {
    this.#find = db.prepare<[string], Entry>(
      `SELECT request_id AS requestId, procedure, input_hash AS inputHash, answer FROM answered_request
       WHERE request_id = ?`,
    )
    this.#save = db.prepare<[string, string, string, string, number]>(
      'INSERT OR IGNORE INTO answered_request VALUES (?, ?, ?, ?, ?)',
    )
    this.#forget = db.prepare<[number]>('DELETE FROM answered_request WHERE answered_at_ms < ?')
  }

  find(requestId: string): Entry | undefined {
    return this.#find.get(requestId)
  }

  save(entry: Entry, atMs: number): void {
    this.#save.run(entry.requestId, entry.procedure, entry.inputHash, entry.answer, atMs)
  }

  forgetOld(nowMs: number): void {
    this.#forget.run(nowMs - KEPT_MS)
  }
}
