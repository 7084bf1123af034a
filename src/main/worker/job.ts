import { z } from 'zod'
import type { Result } from '#shared/domain/result.ts'

/** One kind of long work: what it is given and what comes of it. Both pass from thread to thread, so both are parsed. */
export interface Job<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I
  readonly output: O
}

/** What work in a worker has of the outside. */
export interface JobContext {
  /** Both in the same unit, which the job chooses: rows, pages, bytes. */
  progress(done: number, total: number): void
  /** Asked between steps, also by work that never gives up its turn. */
  isCancelled(): boolean
}

/** How a job is carried out: an expected failure is a value with words for people. */
export type JobRun<J extends Job> = (
  input: z.output<J['input']>,
  context: JobContext,
) => Promise<JobEnd<z.input<J['output']>>> | JobEnd<z.input<J['output']>>

export type JobEnd<T> = Result<T, JobFailure>

/** `cancelled`: it was asked to stop, and left nothing half done. */
export interface JobFailure {
  readonly reason: 'cancelled' | 'failed'
  /** zh-CN, for hospital IT. */
  readonly words: string
}

export const CANCELLED: JobFailure = { reason: 'cancelled', words: '已取消' }

/** What a worker is started with. `flags` is shared memory: its first number is 1 once the job is to stop. */
export const workOrderSchema = z.object({
  job: z.string(),
  input: z.unknown(),
  flags: z.instanceof(Int32Array),
})

/** What a worker says. */
export const workerMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('done'), value: z.unknown() }),
  z.object({ kind: z.literal('failed'), reason: z.enum(['cancelled', 'failed']), words: z.string() }),
])
export type WorkerMessage = z.infer<typeof workerMessageSchema>
