import type { Readable } from 'node:stream'

/** How much of an oversized body is read and thrown away, so that the caller hears the refusal, before it is cut off. */
const DRAIN_FACTOR = 4

/** Reads a body of at most `limit` bytes, whatever its content type. @throws when the caller breaks off. */
export async function readBody(payload: Readable, limit: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else chunks.length = 0
    if (length > limit * DRAIN_FACTOR) return 'tooLarge'
  }
  return length > limit ? 'tooLarge' : Buffer.concat(chunks)
}

/** The body as text, every character as it came (a byte-order mark too). */
export function decodeBody(body: unknown): { readonly text: string } | 'tooLarge' | 'notUtf8' {
  if (body === 'tooLarge') return body
  if (!Buffer.isBuffer(body)) return { text: '' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) }
  } catch {
    // The decoder has no other way to say it; the caller is told so in words.
    return 'notUtf8'
  }
}
