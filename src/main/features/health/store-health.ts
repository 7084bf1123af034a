import type { HealthBoard } from './health-board.ts'

/** The light of the database: whether it can be written, whether it is sealed, and how its backups stand. */
export class StoreHealth {
  readonly #board: HealthBoard
  readonly #sound: string
  #fault: string | undefined
  #restored: string | undefined
  #backup: { readonly ok: boolean; readonly words: string } | undefined

  constructor(board: HealthBoard, isEncrypted: boolean) {
    this.#board = board
    this.#sound = isEncrypted ? '本机数据库正常（已加密）' : '本机数据库正常（未加密）'
    this.#show()
  }

  /** Words of what keeps the database from being written; undefined once it can be. */
  fault(words: string | undefined): void {
    this.#fault = words
    this.#show()
  }

  /** What this start brought back; said as long as the desk runs. */
  restored(words: string): void {
    this.#restored = words
    this.#show()
  }

  backup(note: { readonly ok: boolean; readonly words: string }): void {
    this.#backup = note
    this.#show()
  }

  #show(): void {
    const backup = this.#backup
    if (this.#fault !== undefined) this.#board.set('store', 'down', this.#fault)
    else {
      const parts = [this.#sound, this.#restored, backup?.words].filter((words) => words !== undefined)
      this.#board.set('store', backup?.ok === false ? 'warn' : 'ok', parts.join('；'))
    }
  }
}
