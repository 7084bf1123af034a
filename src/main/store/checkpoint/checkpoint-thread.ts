/** What the thread that makes checkpoints is started with. It is ours on both sides and stays in this process. */
export interface CheckpointOrder {
  readonly path: string
  /** A Buffer that passes from thread to thread is none any more. */
  readonly key: Uint8Array | undefined
  /** Shared memory, by the places below. */
  readonly board: Int32Array<SharedArrayBuffer>
}

/** Places on the board. The thread sleeps while `order` is nothing; the main thread sleeps while `state` is open. */
export const AT = { order: 0, state: 1 } as const
export const ORDER = { nothing: 0, checkpoint: 1, close: 2 } as const
export const STATE = { open: 0, closed: 1 } as const
