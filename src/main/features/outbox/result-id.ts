import { randomUUID } from 'node:crypto'

/**
 * The number of a new result: a uuid of version 7 (RFC 9562). It begins with the time, so the index over all of them grows
 * at its end; a random one would touch a page of its own for each result.
 */
export function newResultId(atMs: number): string {
  const time = atMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
