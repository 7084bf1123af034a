import { z } from 'zod'
import type { OrderKey } from '#main/store/order-filter.ts'
import type { SearchPlace } from '#main/store/order-search.ts'

const keySchema = z.tuple([z.int(), z.string()])
const placeSchema = z.tuple([z.int().min(0).max(100), z.int(), z.string()])

/** Behind which order a list goes on. */
export function writeKey({ createdAtMs, medOrgOrd }: OrderKey): string {
  return pack([createdAtMs, medOrgOrd])
}

/** @returns undefined for what is no cursor of ours. */
export function readKey(cursor: string): OrderKey | undefined {
  const read = keySchema.safeParse(unpack(cursor))
  return read.success ? { createdAtMs: read.data[0], medOrgOrd: read.data[1] } : undefined
}

/** Behind which order a search goes on. */
export function writePlace({ rung, key }: SearchPlace): string {
  return pack([rung, key.createdAtMs, key.medOrgOrd])
}

/** @returns undefined for what is no cursor of ours. */
export function readPlace(cursor: string): SearchPlace | undefined {
  const read = placeSchema.safeParse(unpack(cursor))
  if (!read.success) return undefined
  const [rung, createdAtMs, medOrgOrd] = read.data
  return { rung, key: { createdAtMs, medOrgOrd } }
}

function pack(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function unpack(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    // Not a cursor of ours; the caller answers with the field's name.
    return undefined
  }
}
