import type { CallbackListener } from '#main/callback-listener/callback-listener.ts'

/** Where the centre can call; null while nothing listens. */
export function listenerUrlOf(listener: CallbackListener): string | null {
  return listener.status.state === 'listening' ? listener.status.url : null
}
