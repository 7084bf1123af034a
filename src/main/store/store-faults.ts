import { describeSqliteError, type StoreProblem } from './store-problem.ts'

/** Whether the store can be written now, as the last write found it. Those who show it or stop for it listen. */
export class StoreFaults {
  readonly #listeners = new Set<(problem: StoreProblem | undefined) => void>()
  #problem: StoreProblem | undefined

  /** Why the last write failed; undefined while writing works. */
  get problem(): StoreProblem | undefined {
    return this.#problem
  }

  onChange(listener: (problem: StoreProblem | undefined) => void): void {
    this.#listeners.add(listener)
  }

  /** Takes note of an error, if it is the store's. A bug is none of it. */
  note(error: unknown): void {
    const problem = describeSqliteError(error)
    if (problem === undefined || problem.words === this.#problem?.words) return
    if (!this.#stays || problem.reason === 'notDurable') this.#set(problem)
  }

  /** A write was made durable. */
  clear(): void {
    if (this.#problem !== undefined && !this.#stays) this.#set(undefined)
  }

  /** A file that is damaged stays so, however many of its pages can still be written; and what a disk lost is lost. */
  get #stays(): boolean {
    return this.#problem?.reason === 'corrupt' || this.#problem?.reason === 'notDurable'
  }

  #set(problem: StoreProblem | undefined): void {
    this.#problem = problem
    for (const listener of this.#listeners) listener(problem)
  }
}
