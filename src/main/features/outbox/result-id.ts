import { randomBytes } from 'node:crypto'

/**
 * The number of a new result: a uuid of version 7 (RFC 9562). It begins with the time, so the index over all of them grows
 * at its end; a random one would touch a page of its own for each result.
 */
export function newResultId(atMs: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(atMs, 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
