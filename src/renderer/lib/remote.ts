import type { ShownFailure } from './rpc-client.ts'

/** Data of the main process as a screen holds it. While it is fetched again the last value stays in sight. */
export type Remote<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly value?: T | undefined }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly failure: ShownFailure; readonly value?: T | undefined }

export const IDLE = { status: 'idle' } as const

export function lastValue<T>(remote: Remote<T>): T | undefined {
  return remote.status === 'idle' ? undefined : remote.value
}

export function loadingAfter<T>(remote: Remote<T>): Remote<T> {
  return { status: 'loading', value: lastValue(remote) }
}
