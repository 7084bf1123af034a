import type { Task, TaskKind } from '#shared/contract/tasks.ts'

/** Work that the desk begins by itself, at any time of the day. */
const BEGUN_BY_DESK: ReadonlySet<TaskKind> = new Set(['retention', 'archive', 'backup'])

/**
 * What the strip shows. A person's work is shown while it runs, and what came of it until somebody has read it. The
 * desk's own is not shown at the counter, where it would move the screen under a payment, and leaves nothing to read
 * when it went well; that a backup failed is also said by the light of the store.
 */
export function shownTasks(
  tasks: readonly Task[],
  { atCounter, read }: { readonly atCounter: boolean; readonly read: ReadonlySet<string> },
): readonly Task[] {
  return tasks.filter(({ id, kind, state, words }) => {
    const isTold = state === 'running' || (words !== null && !read.has(id))
    return BEGUN_BY_DESK.has(kind) ? isTold && !atCounter && state !== 'done' : isTold
  })
}
