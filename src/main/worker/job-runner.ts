import { Worker } from 'node:worker_threads'
import { err, ok } from '#shared/domain/result.ts'
import { CANCELLED, type JobEnd, type WorkerMessage, workerMessageSchema } from './job.ts'
import { JOBS, type JobInput, type JobName, type JobOutput } from './jobs.ts'

export interface JobOptions {
  /** Asks the job to stop; it says when it has. */
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** Runs long work in worker threads, so that the event loop goes on answering the centre and the window. */
export interface JobRunner {
  /** Rejects for a bug in the job; what can be expected to fail is a value. */
  run<N extends JobName>(name: N, input: JobInput<N>, options?: JobOptions): Promise<JobEnd<JobOutput<N>>>
}

/** The worker's entry in the sources. What is built names its own. */
export const WORKER_SOURCE = new URL('../worker.ts', import.meta.url)

/** @param file the worker's entry: `worker.ts`, or what it was built into. */
export function createJobRunner(file: URL): JobRunner {
  return {
    async run(name, input, options = {}) {
      if (options.signal?.aborted === true) return err(CANCELLED)
      const end = await runWorker(file, { job: name, input }, options)
      return end.kind === 'done' ? ok(parseOutput(name, end.value)) : err({ reason: end.reason, words: end.words })
    },
  }
}

type WorkerEnd = Exclude<WorkerMessage, { kind: 'progress' }>

function runWorker(
  file: URL,
  order: { readonly job: string; readonly input: unknown },
  { signal, onProgress }: JobOptions,
): Promise<WorkerEnd> {
  const flags = new Int32Array(new SharedArrayBuffer(4))
  const cancel = () => Atomics.store(flags, 0, 1)
  signal?.addEventListener('abort', cancel)
  const worker = new Worker(file, { workerData: { ...order, flags } })
  const { promise, resolve, reject } = Promise.withResolvers<WorkerEnd>()
  let end: WorkerEnd | undefined
  worker.on('message', (raw) => {
    const message = workerMessageSchema.parse(raw)
    if (message.kind === 'progress') onProgress?.(message.done, message.total)
    else end = message
  })
  worker.once('error', reject)
  // Only when the thread is gone: its connection is closed then, and its files are its no more.
  worker.once('exit', (code) => {
    signal?.removeEventListener('abort', cancel)
    if (end === undefined) reject(new Error(`the worker for ${order.job} ended without a word, code ${code}`))
    else resolve(end)
  })
  return promise
}

function parseOutput<N extends JobName>(name: N, value: unknown): JobOutput<N> {
  // The table ties the schema to the name; TypeScript cannot follow that through the index.
  return JOBS[name].output.parse(value) as JobOutput<N>
}
