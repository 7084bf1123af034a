import type { HandlerAnswer, HandlerContext, ParsedInput } from '#main/rpc/dispatcher.ts'
import type { OpenOptions } from '#main/store/open.ts'
import type { TaskBoard, TaskEnd, TaskHandle } from '#main/tasks/task-board.ts'
import type { JobRunner } from '#main/worker/job-runner.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { type Clock, formatCompactTime } from '#shared/domain/time.ts'

export interface ExportParts {
  readonly tasks: TaskBoard
  readonly jobs: JobRunner
  readonly database: OpenOptions
  /** Where the files are put. */
  readonly folder: string
  readonly clock: Clock
}

/** Starts the export of a search; what comes of it is the task's to tell. */
export function startExport(
  parts: ExportParts,
  input: ParsedInput<'orders.export'>,
  { operator }: HandlerContext,
): HandlerAnswer<'orders.export'> {
  if (input.wholePersons && !operator.permissions.has('configure')) return err(failure('NOT_PERMITTED'))
  return ok(parts.tasks.start('orderExport', (handle) => exportNow(parts, input, handle)))
}

async function exportNow(
  { jobs, database, folder, clock }: ExportParts,
  { text = '', states, from, to, wholePersons }: ParsedInput<'orders.export'>,
  { signal, progress }: TaskHandle,
): Promise<TaskEnd> {
  const nowMs = clock.now()
  const made = await jobs.run(
    'orderExport',
    {
      ...{ source: database.path, key: database.key, folder, text, states, from, to, nowMs, wholePersons },
      fileName: `orders-${formatCompactTime(nowMs)}.csv`,
    },
    { signal, onProgress: (done, total) => progress(done, total === 0 ? null : total) },
  )
  if (made.ok) return { state: 'done', words: `已导出 ${made.value.rows} 笔订单：${made.value.file}` }
  return { state: made.error.reason, words: made.error.words }
}
