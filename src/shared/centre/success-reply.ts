import { z } from 'zod'
import { documented } from './wire-facts.ts'
import { type ReplyRead, readReply } from './wire-read.ts'

/** The reply of 1.7 and 1.8. `data.success` stands beside a top-level `success`; the envelope judges both (Q3). */
export const successReplySchema = z.object({
  success: documented(z.unknown().optional(), { required: true }),
})
export type SuccessReply = z.output<typeof successReplySchema>

export function readSuccessReply(bodyText: string): ReplyRead<SuccessReply> {
  return readReply(successReplySchema, bodyText)
}
