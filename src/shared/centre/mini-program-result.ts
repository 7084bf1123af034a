import { z } from 'zod'
import { wireNumberAmount, wireText, wireTime } from './fields.ts'
import { readPaymentMessage } from './settlement-result.ts'
import { documented } from './wire-facts.ts'
import type { WireRead } from './wire-read.ts'

/**
 * Interface 2.3, mini-program settlement result. Sent once only. The published example does not satisfy the identity,
 * so nothing here checks it: that is a warning (Q16).
 */
export const miniProgramResultSchema = z.object({
  feeSumamt: wireNumberAmount,
  ownPayAmt: wireNumberAmount,
  psnAcctPay: wireNumberAmount,
  fundPay: wireNumberAmount,
  chrgTime: wireTime,
  medOrgOrd: wireText,
  payOrdId: wireText,
  /** 1 the hospital was told by 2.2, 0 it was not; anything else is shown as it came. */
  notifyHisStatus: documented(wireText, { dictionary: 'notifyHisStatus' }),
})
export type MiniProgramResult = z.output<typeof miniProgramResultSchema>

/** Reads it flat, as published, or wrapped like 2.2 (Q7), in either spelling of the cash part (Q4). */
export function readMiniProgramResult(bodyText: string): WireRead<MiniProgramResult> {
  return readPaymentMessage(miniProgramResultSchema, bodyText)
}
