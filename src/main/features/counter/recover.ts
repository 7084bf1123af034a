import type { OperationRecord } from '#main/store/operations.ts'
import type { Store } from '#main/store/store.ts'
import type { Clock } from '#shared/domain/time.ts'

/** Why nobody wrote down what came of an operation: words for each of the two states in which it can be found. */
export interface LostTrack {
  readonly sent: string
  readonly prepared: string
}

const RESTART: LostTrack = {
  sent: '程序在等待医保中心答复时关闭',
  prepared: '程序在发送之前关闭，请求没有发出',
}
export const STORE_FAULT: LostTrack = {
  sent: '数据库写不进时，医保中心的答复没有记下来',
  prepared: '数据库写不进，请求没有发出',
}

/**
 * What a process that ended in the middle left behind (money-safety.md, rules 2 and 3). `prepared` never left this
 * machine: failed. `sent` may have arrived: unknown, and the centre is asked at once. Nothing is sent again.
 */
export function recoverOperations(
  store: Store,
  clock: Clock,
  words: LostTrack = RESTART,
  isLost: (operation: OperationRecord) => boolean = () => true,
): void {
  for (const operation of store.operations.unfinished().filter(isLost)) {
    const sent = operation.state === 'sent'
    store.book.change(operation.medOrgOrd, (record) => {
      const said = sent ? words.sent : words.prepared
      store.operations.move(operation.id, sent ? 'lose' : 'abandon', clock.now(), said)
      return { record, entries: [{ kind: 'resumedAfterRestart', actor: 'desk', data: recovered(operation) }] }
    })
  }
}

function recovered({ id, kind, state }: OperationRecord): Record<string, string> {
  return { operation: id, kind, state }
}
