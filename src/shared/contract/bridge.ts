import type { AppEvent } from './events.ts'

/** What the preload puts on `window.cashier`: two functions and nothing else. Both sides parse what crosses. */
export interface Bridge {
  invoke(name: string, input: unknown): Promise<unknown>
  onEvent(listener: (event: AppEvent) => void): () => void
}

export const IPC_CALL_CHANNEL = 'cashier:call'
export const IPC_EVENT_CHANNEL = 'cashier:event'
