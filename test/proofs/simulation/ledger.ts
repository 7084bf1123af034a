import { createHash } from 'node:crypto'

/** A promise of money-safety.md that did not hold. */
export interface Violation {
  readonly atMs: number
  /** Which promise, in the words of rule 15. */
  readonly rule: string
  readonly words: string
}

export interface Counts {
  readonly requests: Map<string, number>
  callbacks: number
  acknowledged: number
  kills: number
  looks: number
  readonly faults: Map<string, number>
  /** States of the orders at the healed end. */
  readonly ends: Map<string, number>
}

/** One leg of an order that the centre gave back. */
export interface ExecutedRefund {
  readonly payOrdId: string
  readonly medOrgOrd: string
  readonly leg: 'insurance' | 'cash'
  readonly fen: number
}

export interface Acknowledged {
  readonly interfaceId: '2.2' | '2.3'
  readonly body: string
  /** The whole answer; a repeat gets the same bytes. */
  readonly answerBody: string
}

/** What really happened in one run, whatever the desk believes; and the trace, which a repeat must reproduce. */
export class Ledger {
  readonly violations: Violation[] = []
  readonly counts: Counts = {
    requests: new Map(),
    callbacks: 0,
    acknowledged: 0,
    kills: 0,
    looks: 0,
    faults: new Map(),
    ends: new Map(),
  }
  readonly refunds: ExecutedRefund[] = []
  readonly acknowledged: Acknowledged[] = []
  /** E-voucher tokens that were scanned: none may be in a file. */
  readonly tokens: string[] = []
  readonly trace: string[] = []
  /** Operations and notices under which a request left. */
  readonly sentOperations = new Set<string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  violate(rule: string, words: string): void {
    this.violations.push({ atMs: this.#now(), rule, words })
    this.note(`VIOLATION ${rule}: ${words}`)
  }

  note(what: string): void {
    this.trace.push(`${this.#now()} ${what}`)
  }

  played(fault: string): void {
    countOne(this.counts.faults, fault)
    this.note(`fault ${fault}`)
  }

  /** SHA-256 of all that happened, in its order. */
  traceHash(): string {
    return createHash('sha256').update(this.trace.join('\n')).digest('hex')
  }
}

export function countOne(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}
