import { z } from 'zod'
import { type Decision, decisionSchema } from '#shared/contract/decisions.ts'
import type { Db } from './open.ts'

export type NewDecision = Decision & { readonly requestId: string; readonly medOrgOrd: string }

const decisionsSchema = z.array(decisionSchema)

/** The table `decision`: what a person decided or found, and on which evidence. Rows are never changed. */
export class DecisionRepository {
  readonly #insert
  readonly #byOrder
  readonly #ofOperation
  readonly #isKnown

  constructor(db: Db) {
    this.#insert = db.prepare<[NewDecision]>(
      `INSERT INTO decision (request_id, med_org_ord, operation_id, reason, outcome, evidence_kind, evidence_number,
         note, operator_name, decided_at_ms)
       VALUES (@requestId, @medOrgOrd, @operationId, @reason, @outcome, @evidenceKind, @evidenceNumber, @note,
         @operatorName, @decidedAtMs)`,
    )
    this.#byOrder = db.prepare<[string]>(`${SELECT} WHERE med_org_ord = ? ORDER BY id`)
    this.#ofOperation = db.prepare<[string]>(`${SELECT} WHERE operation_id = ?`)
    this.#isKnown = db.prepare<[string], number>('SELECT count(*) FROM decision WHERE request_id = ?').pluck()
  }

  insert(decision: NewDecision): void {
    this.#insert.run(decision)
  }

  /** In the order in which they were made. */
  of(medOrgOrd: string): Decision[] {
    return decisionsSchema.parse(this.#byOrder.all(medOrgOrd))
  }

  ofOperation(operationId: string): Decision | undefined {
    const row = this.#ofOperation.get(operationId)
    return row === undefined ? undefined : decisionSchema.parse(row)
  }

  /** Whether this very command has been carried out. */
  isKnown(requestId: string): boolean {
    return this.#isKnown.get(requestId) === 1
  }
}

const SELECT = `SELECT operation_id AS operationId, reason, outcome, evidence_kind AS evidenceKind,
  evidence_number AS evidenceNumber, note, operator_name AS operatorName, decided_at_ms AS decidedAtMs FROM decision`
