import type { Db } from './open.ts'

/** The table `name_part`: through which characters anywhere in a name, and pinyin initials, find the names that have them. */
export class NameParts {
  readonly #known
  readonly #insert

  constructor(db: Db) {
    this.#known = db.prepare<[string, string], number>('SELECT 1 FROM name_part WHERE part = ? AND name = ?').pluck()
    this.#insert = db.prepare<[string, string]>('INSERT OR IGNORE INTO name_part (part, name) VALUES (?, ?)')
  }

  /** Call it in the transaction that stores an order of this name. Costs one look-up for a name that is known. */
  remember(name: string, initials: string): void {
    if (name === '' || this.#known.get(name, name) !== undefined) return
    const characters = [...name]
    for (let at = 0; at < characters.length; at += 1) this.#insert.run(characters.slice(at).join(''), name)
    if (initials !== '') this.#insert.run(initials, name)
  }
}
