import type { Result } from '#shared/domain/result.ts'

/**
 * Failures that arise in the window itself. DISCONNECTED: no answer came back, so a command may or may not have been
 * taken; asking again with the same requestId is safe. ANSWER_UNREADABLE: something answered that is not this contract.
 */
export const LOCAL_ERROR_CODES = ['DISCONNECTED', 'ANSWER_UNREADABLE'] as const
export type LocalErrorCode = (typeof LOCAL_ERROR_CODES)[number]

export interface LocalFailure {
  readonly code: LocalErrorCode
  readonly message: string
  readonly details?: unknown
}

export const DISCONNECTED: LocalFailure = { code: 'DISCONNECTED', message: '与本机程序的连接中断' }
export const ANSWER_UNREADABLE: LocalFailure = { code: 'ANSWER_UNREADABLE', message: '本机程序的答复读不懂' }

/** Whether events reach this window. `lost` after it was open or when the first try failed. */
export type Connection = 'connecting' | 'open' | 'lost'

/** How calls and events travel: Electron's bridge or HTTP. One try a call, never a retry; nothing here is parsed. */
export interface Transport {
  send(name: string, input: unknown): Promise<Result<unknown, LocalFailure>>
  onEvent(listener: (event: unknown) => void): () => void
  onConnection(listener: (connection: Connection) => void): () => void
  close(): void
}

/** A set of listeners; the answer of `add` takes the listener out again. */
export function listenerSet<T>() {
  const listeners = new Set<(value: T) => void>()
  return {
    add(listener: (value: T) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(value: T): void {
      for (const listener of [...listeners]) listener(value)
    },
  }
}
