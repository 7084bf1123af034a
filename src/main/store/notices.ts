import { type Notice, noticeSchema } from '#shared/contract/notices.ts'
import type { Db } from './open.ts'

/** A notice as it is journalled: the person only masked. */
export interface NoticeRecord extends Omit<Notice, 'state' | 'message'> {
  readonly requestId: string
}

/** How a notice ended; `unknown` may have reached the patient. */
export type NoticeEnd = 'succeeded' | 'failed' | 'unknown'

/** The table `notice`: the journal of 1.8. */
export class NoticeRepository {
  readonly #insert
  readonly #setSent
  readonly #finish
  readonly #byRequest
  readonly #recent
  readonly #interrupt

  constructor(db: Db) {
    this.#insert = db.prepare<[NoticeRecord]>(
      `INSERT INTO notice (id, request_id, state, masked_name, masked_id_no, id_type, msg_type, channel, operator_name,
         prepared_at_ms)
       VALUES (@id, @requestId, 'prepared', @maskedName, @maskedIdNo, @idType, @msgType, @channel, @operatorName,
         @startedAtMs)`,
    )
    this.#setSent = db.prepare<[string]>(`UPDATE notice SET state = 'sent' WHERE id = ?`)
    this.#finish = db.prepare<[NoticeEnd, string | null, number, string]>(
      'UPDATE notice SET state = ?, message = ?, ended_at_ms = ? WHERE id = ?',
    )
    this.#byRequest = db.prepare<[string]>(`${SELECT} WHERE request_id = ?`)
    this.#recent = db.prepare<[number]>(`${SELECT} ORDER BY prepared_at_ms DESC, rowid DESC LIMIT ?`)
    this.#interrupt = db.prepare<[]>(
      `UPDATE notice SET state = CASE state WHEN 'sent' THEN 'unknown' ELSE 'failed' END
       WHERE state IN ('prepared', 'sent')`,
    )
  }

  insert(notice: NoticeRecord): void {
    this.#insert.run(notice)
  }

  setSent(id: string): void {
    this.#setSent.run(id)
  }

  finish(id: string, end: NoticeEnd, message: string | null, atMs: number): void {
    this.#finish.run(end, message, atMs, id)
  }

  byRequestId(requestId: string): Notice | undefined {
    const row = this.#byRequest.get(requestId)
    return row === undefined ? undefined : noticeSchema.parse(row)
  }

  recent(limit: number): Notice[] {
    return this.#recent.all(limit).map((row) => noticeSchema.parse(row))
  }

  /** What a process that ended in the middle left: never sent, or perhaps sent. */
  recover(): void {
    this.#interrupt.run()
  }
}

const SELECT = `SELECT id, state, masked_name AS maskedName, masked_id_no AS maskedIdNo, id_type AS idType,
  msg_type AS msgType, channel, operator_name AS operatorName, message, prepared_at_ms AS startedAtMs FROM notice`
