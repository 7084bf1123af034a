import { randomUUID } from 'node:crypto'
import type { Task, TaskKind } from '#shared/contract/tasks.ts'
import type { Clock } from '#shared/domain/time.ts'

/** What long work has of the board. */
export interface TaskHandle {
  /** Aborted when a person cancels, or when the desk closes. */
  readonly signal: AbortSignal
  progress(done: number, total: number | null): void
}

/** How long work ended. */
export interface TaskEnd {
  readonly state: 'done' | 'cancelled' | 'failed'
  /** zh-CN; null where the screen that waits for it says what came of it. */
  readonly words: string | null
}

/** Progress is told so often at most, in ms: a window has other things to draw. */
const TELL_EVERY_MS = 250
/** Ended tasks that are still listed. */
const MOST_ENDED = 20

/** The desk's long work: one place that knows what runs, tells the windows how far it is, and can stop it. */
export class TaskBoard {
  readonly #clock: Clock
  readonly #publish: (task: Task) => void
  readonly #report: (error: unknown) => void
  readonly #tasks = new Map<string, { task: Task; toldAtMs: number; stop: AbortController }>()
  readonly #running = new Set<Promise<void>>()

  constructor(clock: Clock, publish: (task: Task) => void, report: (error: unknown) => void) {
    this.#clock = clock
    this.#publish = publish
    this.#report = report
  }

  /** Starts work that ends by itself. @returns the task as it begins; the rest is told by `publish`. */
  start(kind: TaskKind, work: (handle: TaskHandle) => Promise<TaskEnd>): Task {
    const stop = new AbortController()
    const task: Task = {
      ...{ id: randomUUID(), kind, state: 'running', done: 0, total: null },
      ...{ startedAtMs: this.#clock.now(), endedAtMs: null, words: null },
    }
    this.#tasks.set(task.id, { task, toldAtMs: task.startedAtMs, stop })
    this.#publish(task)
    const running = this.#carryOut(task.id, work, stop.signal).finally(() => this.#running.delete(running))
    this.#running.add(running)
    return task
  }

  /** Work whose caller waits for more than its end. @throws what the work throws, which is reported as of any task. */
  run<T>(kind: TaskKind, work: (handle: TaskHandle) => Promise<{ value: T; end: TaskEnd }>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.start(kind, async (handle) => {
      try {
        const { value, end } = await work(handle)
        resolve(value)
        return end
      } catch (error) {
        reject(error)
        throw error
      }
    })
    return promise
  }

  list(): readonly Task[] {
    return [...this.#tasks.values()].map(({ task }) => task)
  }

  isRunning(kind: TaskKind): boolean {
    return this.list().some((task) => task.kind === kind && task.state === 'running')
  }

  /** @returns whether it was running. */
  cancel(id: string): boolean {
    const entry = this.#tasks.get(id)
    if (entry?.task.state !== 'running') return false
    entry.stop.abort()
    return true
  }

  /** Stops everything. Resolves when nothing runs any more. */
  async close(): Promise<void> {
    for (const { stop } of this.#tasks.values()) stop.abort()
    await Promise.all(this.#running)
  }

  async #carryOut(id: string, work: (handle: TaskHandle) => Promise<TaskEnd>, signal: AbortSignal): Promise<void> {
    const end = await this.#endOf(work, { signal, progress: (done, total) => this.#advance(id, done, total) })
    this.#change(id, { ...end, endedAtMs: this.#clock.now() }, true)
    this.#forgetOld()
  }

  async #endOf(work: (handle: TaskHandle) => Promise<TaskEnd>, handle: TaskHandle): Promise<TaskEnd> {
    try {
      return await work(handle)
    } catch (error) {
      this.#report(error)
      return { state: 'failed', words: '程序内部错误' }
    }
  }

  #advance(id: string, done: number, total: number | null): void {
    const toldAtMs = this.#tasks.get(id)?.toldAtMs ?? 0
    this.#change(id, { done, total }, this.#clock.now() - toldAtMs >= TELL_EVERY_MS)
  }

  #change(id: string, change: Partial<Task>, tell: boolean): void {
    const entry = this.#tasks.get(id)
    if (entry === undefined) return
    entry.task = { ...entry.task, ...change }
    if (!tell) return
    entry.toldAtMs = this.#clock.now()
    this.#publish(entry.task)
  }

  #forgetOld(): void {
    const ended = [...this.#tasks.values()].filter(({ task }) => task.state !== 'running')
    for (const { task } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#tasks.delete(task.id)
  }
}
