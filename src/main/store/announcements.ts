type Effect = () => void

/** What one commit has to tell. */
interface Announcement {
  readonly effects: readonly Effect[]
  isDurable: boolean
}

/**
 * What others hear of commits: of each once it is durable, and in the order of the commits, because an event replaces
 * what its listeners knew. What a rollback undoes is never heard of.
 */
export class Announcements {
  #gathered: Effect[] = []
  #waiting: Announcement[] = []

  add(effect: Effect): void {
    this.#gathered.push(effect)
  }

  /** How much the open transaction has gathered; what came after it can be taken back. */
  get mark(): number {
    return this.#gathered.length
  }

  takeBack(mark: number): void {
    this.#gathered.length = mark
  }

  /** What was gathered has committed. @returns what to call once that is durable, see `tell`. */
  committed(): () => void {
    const announcement: Announcement = { effects: this.#gathered, isDurable: false }
    this.#gathered = []
    this.#waiting.push(announcement)
    return () => {
      announcement.isDurable = true
      this.#tell()
    }
  }

  /** @throws the first of what the effects throw, after all of them ran. */
  #tell(): void {
    const problems: unknown[] = []
    while (this.#waiting[0]?.isDurable === true) {
      for (const effect of this.#waiting.shift()?.effects ?? []) {
        try {
          effect()
        } catch (error) {
          problems.push(error)
        }
      }
    }
    if (problems.length > 0) throw problems[0]
  }
}
