import type { OperationRecord } from '#main/store/operations.ts'
import type { Store } from '#main/store/store.ts'
import type { Clock } from '#shared/domain/time.ts'

/**
 * What a process that ended in the middle left behind (money-safety.md, rules 2 and 3). `prepared` never left this
 * machine: failed. `sent` may have arrived: unknown, and the centre is asked at once. Nothing is sent again.
 */
export function recoverOperations(store: Store, clock: Clock): void {
  for (const operation of store.operations.unfinished()) {
    const sent = operation.state === 'sent'
    const words = sent ? '程序在等待医保中心答复时关闭' : '程序在发送之前关闭，请求没有发出'
    store.book.change(operation.medOrgOrd, (record) => {
      store.operations.move(operation.id, sent ? 'lose' : 'abandon', clock.now(), words)
      return { record, entries: [{ kind: 'resumedAfterRestart', actor: 'desk', data: recovered(operation) }] }
    })
  }
}

function recovered({ id, kind, state }: OperationRecord): Record<string, string> {
  return { operation: id, kind, state }
}
