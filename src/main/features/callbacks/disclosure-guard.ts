import { createHash } from 'node:crypto'
import type { Disclosure } from '#main/store/disclosures.ts'
import type { Store } from '#main/store/store.ts'
import type { Clock } from '#shared/domain/time.ts'

/** How many different people one caller may ask about within a minute. */
export const PEOPLE_PER_MINUTE = 30
const WINDOW_MS = 60_000

/**
 * Watches over 2.1 and 2.4, which hand out personal data: every answer is recorded before it goes out, and a caller
 * that asks about too many different people in a minute gets none of them. The same person again costs nothing.
 */
export class DisclosureGuard {
  readonly #store: Store
  readonly #clock: Clock
  /** By caller: who was asked about, and when last. */
  readonly #asked = new Map<string, Map<string, number>>()

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** @returns whether this caller may be told about this person now; if so, it counts. */
  admits(caller: string, idNo: string): boolean {
    const nowMs = this.#clock.now()
    const people = this.#asked.get(caller) ?? new Map<string, number>()
    for (const [person, atMs] of people) if (nowMs - atMs >= WINDOW_MS) people.delete(person)
    const person = hashId(idNo)
    if (!people.has(person) && people.size >= PEOPLE_PER_MINUTE) return false
    people.set(person, nowMs)
    this.#asked.set(caller, people)
    return true
  }

  /** Writes down what is about to be answered, inside the caller's commit. @throws when the store cannot write: then nothing may be told. */
  record(disclosure: Omit<Disclosure, 'atMs'>): void {
    this.#store.disclosures.add({ ...disclosure, atMs: this.#clock.now() })
  }
}

/** SHA-256 in hex: the same person can be recognised, and no id stands in the record. */
export function hashId(idNo: string): string {
  return createHash('sha256').update(idNo.trim().toUpperCase()).digest('hex')
}
