import { workerData } from 'node:worker_threads'
import { AT, type CheckpointOrder, ORDER, STATE } from './store/checkpoint/checkpoint-thread.ts'
import { connect, type Db } from './store/open.ts'
import { describeSqliteError } from './store/store-problem.ts'

/** So long after a checkpoint that was asked for, in ms, one more is made. */
const AGAIN_MS = 1_000

/**
 * Entry of the thread that moves the log into the database (docs/decisions/0011): it stays, sleeps until it is asked, and
 * has a connection of its own. It loads next to nothing, because it stands beside the desk for as long as that runs.
 */
main(workerData as CheckpointOrder)

function main({ path, key, board }: CheckpointOrder): void {
  let db: Db | undefined
  try {
    db = connect({ path, key: key && Buffer.from(key) })
    db.pragma('synchronous = FULL')
    // A connection knows of the log only when it has read something.
    db.pragma('user_version')
    let isAsked = false
    for (;;) {
      // An order is followed by one more, for what was committed meanwhile: at rest the log comes to its end.
      Atomics.wait(board, AT.order, ORDER.nothing, isAsked ? AGAIN_MS : Number.POSITIVE_INFINITY)
      const order = Atomics.exchange(board, AT.order, ORDER.nothing)
      if (order === ORDER.close) return
      isAsked = order === ORDER.checkpoint
      try {
        db.pragma('wal_checkpoint(PASSIVE)')
      } catch (error) {
        // The disk's faults are the writer's to tell; the log stays as it is, and the main thread bounds it.
        if (describeSqliteError(error) === undefined) throw error
      }
    }
  } finally {
    db?.close()
    Atomics.store(board, AT.state, STATE.closed)
    Atomics.notify(board, AT.state)
  }
}
