import { z } from 'zod'
import { stringifyJson } from './json.ts'
import { type ReplyRead, readReply } from './wire-read.ts'

/**
 * What we answer to 2.2 and 2.3, and to 2.1 and 2.4 when there is no data: 1 is success, anything else failure with the
 * cause in words. The same arguments give the same bytes, so a repeated message gets the same answer.
 */
export function writeInboundReply(code: 0 | 1, message: string): string {
  return stringifyJson({ code, message })
}

/** Reads such an answer, as the centre does. */
export function readInboundReply(bodyText: string): ReplyRead<Record<string, never>> {
  return readReply(z.object({}), bodyText)
}
