import type { Db } from './open.ts'

/** One answer to 2.1 or 2.4: who asked what, and whether personal data went out. Holds none itself. */
export interface Disclosure {
  readonly atMs: number
  readonly caller: string
  readonly interfaceId: string
  readonly medOrgOrd: string | null
  /** SHA-256 of the resident id that was asked about, in hex. */
  readonly idHash: string | null
  readonly outcome: DisclosureOutcome
}

/** served: data went out. refused: malformed, or another institution. notFound, unavailable: nothing to give. */
export type DisclosureOutcome = 'served' | 'refused' | 'notFound' | 'unavailable' | 'limited'

/** The table `disclosure`. Only ever added to. */
export class DisclosureRepository {
  readonly #insert

  constructor(db: Db) {
    this.#insert = db.prepare<[Disclosure]>(
      `INSERT INTO disclosure (at_ms, caller, interface_id, med_org_ord, id_hash, outcome)
       VALUES (@atMs, @caller, @interfaceId, @medOrgOrd, @idHash, @outcome)`,
    )
  }

  add(disclosure: Disclosure): void {
    this.#insert.run(disclosure)
  }
}
