import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type App, type AppOptions, startApp } from '#main/app.ts'
import type { InboundHandler } from '#main/callback-listener/callback-listener.ts'
import type { Network } from '#main/desk/network.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import type { Ledger } from './ledger.ts'
import { LifeTimers, type VirtualTime } from './virtual-time.ts'

/** One run of the app's process, from its start to its end, by whatever way. */
export interface Life {
  readonly app: App
  readonly timers: LifeTimers
  readonly folder: string
  /** Sees what is committed, from outside of the app. */
  readonly reader: Database.Database
  dead: boolean
  /** What stands behind the callback port, while it listens. */
  handler: InboundHandler | undefined
}

/** What belongs to a life before its app has started. */
export type LifeSketch = Pick<Life, 'timers' | 'dead' | 'handler'>

export interface DeskParts {
  readonly folder: string
  readonly config: Settings
  readonly time: VirtualTime
  readonly ledger: Ledger
  readonly random: () => number
  /** The network as this life meets it. */
  readonly networkOf: (life: LifeSketch) => Network
  /** What a negative control changes on the database before the app opens it again. */
  readonly tamper?: ((database: string) => void) | undefined
}

/** The pause between the end of a process and its next start. */
const RESTART_AFTER_MS = 1_500

/**
 * The real app, life after life. A kill is honest: the next life opens a copy of the files as they stood at that
 * moment, byte for byte; what the dead one would still have written goes into the files that nobody opens again.
 */
export class VirtualDesk {
  life: Life | undefined
  readonly #parts: DeskParts
  readonly #graves: Life[] = []
  #lives = 0

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /** @throws when the app does not start: nothing in a script may keep it from that. */
  async start(): Promise<void> {
    if (this.life !== undefined) return
    const folder = this.#folder(this.#lives)
    const { config, time, ledger, random, networkOf, tamper } = this.#parts
    mkdirSync(folder, { recursive: true })
    const sketch: LifeSketch = { timers: new LifeTimers(time), dead: false, handler: undefined }
    const report: AppOptions['report'] = (_id, error) => {
      if (!sketch.dead) ledger.violate('no bug is met', error instanceof Error ? (error.stack ?? '') : String(error))
    }
    const network = networkOf(sketch)
    const started = await startApp({
      dataDir: folder,
      config,
      clock: time,
      timers: sketch.timers,
      random,
      network,
      report,
    })
    if (!started.ok) throw new Error(started.error.words)
    tamper?.(join(folder, 'test', 'cashier.db'))
    const reader = new Database(join(folder, 'test', 'cashier.db'), { readonly: true })
    this.life = Object.assign(sketch, { app: started.value, folder, reader })
    ledger.note('started')
  }

  /** The process ends between one instruction and the next. */
  kill(): void {
    const { life } = this
    if (life === undefined) return
    const { ledger, time } = this.#parts
    ledger.counts.kills += 1
    ledger.note('killed')
    life.dead = true
    life.timers.die()
    this.life = undefined
    this.#lives += 1
    cpSync(life.folder, this.#folder(this.#lives), { recursive: true })
    this.#graves.push(life)
    time.after(RESTART_AFTER_MS, () => void this.start())
  }

  /** Ends as a program should, and starts again in the same folder. */
  async restart(): Promise<void> {
    const { life } = this
    if (life === undefined) return
    this.life = undefined
    await life.app.close()
    life.dead = true
    life.timers.die()
    life.reader.close()
    this.#parts.ledger.note('closed')
    await this.start()
  }

  /** @returns undefined when the process ended before it answered, or does not run. */
  async call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N> | undefined> {
    const { life } = this
    if (life === undefined) return undefined
    const answer = (await life.app.dispatcher.call(name, input, life.app.operator())) as Answer<N>
    return life.dead ? undefined : answer
  }

  /** Clears everything away. */
  async close(): Promise<void> {
    if (this.life !== undefined) {
      this.life.dead = true
      this.life.timers.die()
      this.#graves.push(this.life)
      this.life = undefined
    }
    for (const { app, reader, timers } of this.#graves.splice(0)) {
      reader.close()
      const closed = app.close()
      timers.release()
      await closed
    }
    rmSync(this.#parts.folder, { recursive: true, force: true })
  }

  #folder(life: number): string {
    return join(this.#parts.folder, `life-${life}`)
  }
}
