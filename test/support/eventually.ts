import { vi } from 'vitest'

/** Polls until the assertion holds, for as long as a slow machine may need; the only way in which tests wait. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 20 })
}
