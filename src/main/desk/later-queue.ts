/** Work that follows an answer: begun once the answer is on its way, finished before the store closes. */
export interface LaterQueue {
  run(work: () => void): void
  /** Resolves when everything queued has run. */
  close(): Promise<unknown>
}

export function createLaterQueue(report: (error: unknown) => void): LaterQueue {
  const waiting = new Set<Promise<void>>()
  const run = (work: () => void) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.add(promise)
    setImmediate(() => {
      try {
        work()
      } catch (error) {
        report(error)
      }
      waiting.delete(promise)
      resolve()
    })
  }
  return { run, close: () => Promise.all(waiting) }
}
