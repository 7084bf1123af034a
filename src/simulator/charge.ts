import type { z } from 'zod'
import { feeDetailSchema } from '#shared/centre/fee-detail.ts'
import { wireOptionalText } from '#shared/centre/fields.ts'
import { readReply } from '#shared/centre/wire-read.ts'
import { addFen, formatYuan, sumYuanTextsToFen, ZERO_FEN } from '#shared/domain/money.ts'
import { ok } from '#shared/domain/result.ts'
import { type Answer, refuse, refuseProblems } from './refusals.ts'
import type { ChargeToSplit } from './settle.ts'

/** What the centre reads of 2.1's answer: the desk's fields and those that only a settlement needs. */
export const centreChargeSchema = feeDetailSchema.extend({
  acctUsedFlag: wireOptionalText,
  insuCode: wireOptionalText,
  mdtrtId: wireOptionalText,
  mdtrtCertType: wireOptionalText,
})
export type CentreCharge = z.output<typeof centreChargeSchema>

/**
 * Reads and checks the answer to 2.1 as strictly as a real pre-settlement: it must be about the order that was asked,
 * and the exact sum of its lines, rounded to fen once, must be the fee total (quirk Q10). Lines may or may not include
 * what is outside the catalogue: the document does not say.
 */
export function readCharge(
  asked: { readonly medOrgOrd: string; readonly orgCodg: string },
  bodyText: string,
): Answer<CentreCharge> {
  const read = readReply(centreChargeSchema, bodyText)
  if (read.outcome === 'unreadable') return refuseProblems('FEE_DETAIL_UNREADABLE', read.problems)
  if (read.outcome === 'refused') return refuse('FEE_DETAIL_REFUSED')
  const charge = read.value
  if (charge.medOrgOrd !== asked.medOrgOrd)
    return refuse('FEE_DETAIL_FOREIGN', '费用明细不属于本订单：medOrgOrd 不一致')
  if (charge.orgCodg !== asked.orgCodg) return refuse('FEE_DETAIL_FOREIGN', '费用明细不属于本机构：orgCodg 不一致')
  return checkAmounts(charge)
}

function checkAmounts(charge: CentreCharge): Answer<CentreCharge> {
  const outside = charge.outOfMIFee ?? ZERO_FEN
  const total = addFen(charge.medfeeSumamt, outside)
  if (charge.medfeeSumamt < 0 || outside < 0 || (charge.prePaidBalc ?? 0) < 0 || total === 0) {
    return refuse('FEE_AMOUNT_IMPLAUSIBLE')
  }
  const lines = sumYuanTextsToFen(charge.feedetailList.map((line) => line.detItemFeeSumamt))
  if (lines === charge.medfeeSumamt || lines === total) return ok(charge)
  const found = lines === undefined ? '超出范围' : formatYuan(lines)
  return refuse(
    'FEE_SUM_DIFFERS',
    `费用明细合计 ${found} 与医疗费总额 ${formatYuan(charge.medfeeSumamt)}（目录外 ${formatYuan(outside)}）不一致`,
  )
}

/** Insurance of urban and rural residents has no personal account; else the hospital's flag decides. */
const WITHOUT_ACCOUNT = ['390', '391', '392', '380']

export function chargeToSplit(charge: CentreCharge): ChargeToSplit {
  return {
    medOrgOrd: charge.medOrgOrd,
    feeSumFen: charge.medfeeSumamt,
    outOfCatalogueFen: charge.outOfMIFee ?? ZERO_FEN,
    prepaidBalanceFen: charge.prePaidBalc ?? ZERO_FEN,
    accountUsable: charge.acctUsedFlag !== '0' && !WITHOUT_ACCOUNT.includes(charge.insutype ?? ''),
  }
}
