import type { WireFeeLine } from '#shared/centre/fee-detail.ts'
import { JsonNumber, type JsonObject } from '#shared/centre/json.ts'
import { parseDecimal, ZERO_FEN } from '#shared/domain/money.ts'
import { formatCompactTime } from '#shared/domain/time.ts'
import { settlementExtData, snakeKeys, yuan } from './insurance-details.ts'
import type { CentreOrder } from './orders.ts'

/** Messages of the centre in the form of the published examples, spelling by spelling. */

const SUCCESS = new JsonNumber('1')

/** 1.3's reply: the example's fields, and `orgCodg`, `orgName` and `mdtrtId`, which only the table has. */
export function queryReply(order: CentreOrder, orgName: string): JsonObject {
  const { setlType, amounts } = order.split
  return {
    code: SUCCESS,
    message: '成功',
    data: {
      psnAcctPay: yuan(amounts.accountFen),
      hiRgstSn: order.mdtrtId,
      ecCode: '',
      medOrgOrd: order.medOrgOrd,
      orgCodg: order.charge.orgCodg,
      orgName,
      setlType,
      callType: '1',
      ordStas: order.ordStas,
      hiChrgTime: order.settledAtMs === null ? '' : formatCompactTime(order.settledAtMs),
      feeSumamt: yuan(amounts.feeSumFen),
      hiDocSn: order.settledAtMs === null ? '' : order.setlId,
      extData: { ...settlementExtData(order), ssc_no: '' },
      traceTime: formatCompactTime(order.changedAtMs),
      fundPay: yuan(amounts.fundFen),
      payOrdId: order.payOrdId,
      ownPayAmt: yuan(amounts.ownPayFen),
      mdtrtId: order.mdtrtId,
    },
  }
}

/** 1.6's reply; the example has no `message` (quirk Q2). */
export function uploadReply(order: CentreOrder, cashierUrl: string): JsonObject {
  return {
    code: SUCCESS,
    data: { cashierUrl, payOrdId: order.payOrdId, payToken: order.payToken, extData: uploadDetails(order) },
  }
}

/** 1.7's and 1.8's reply: `success` is text above and a boolean below (quirk Q3). */
export function doneReply(): JsonObject {
  return { code: SUCCESS, message: 'success', success: 'true', data: { success: true } }
}

export function dataReply(data: JsonObject, beside: JsonObject = {}): JsonObject {
  return { code: SUCCESS, message: '成功', data, ...beside }
}

/** 2.2 as the example sends it: wrapped (quirk Q7), `ownPayAmt` with a capital P (Q4), objects instead of text (Q5). */
export function settlementMessage(order: CentreOrder, appId: string): JsonObject {
  const { setlType, amounts } = order.split
  const settledAtMs = order.settledAtMs ?? order.changedAtMs
  return dataReply({
    psnAcctPay: yuan(amounts.accountFen),
    hiRgstSn: order.mdtrtId,
    ecCode: '',
    medOrgOrd: order.medOrgOrd,
    setlType,
    callType: '1',
    ordStas: '6',
    hiChrgTime: formatCompactTime(settledAtMs),
    payOrdId: order.payOrdId,
    hiDocSn: order.setlId,
    traceTime: formatCompactTime(settledAtMs),
    feeSumamt: yuan(amounts.feeSumFen),
    fundPay: yuan(amounts.fundFen),
    ownPayAmt: yuan(amounts.ownPayFen),
    outOfMIFee: yuan(amounts.outOfCatalogueFen),
    prePaidDeduction: yuan(amounts.prepaidFen),
    appId,
    orgCodg: order.charge.orgCodg,
    extData: settlementExtData(order),
    uploadInfo: uploadDetails(order),
  })
}

/** 2.3: flat, `ownpayAmt` with a small p (quirk Q4). `told` is whether the hospital acknowledged 2.2. */
export function miniProgramMessage(order: CentreOrder, told: boolean): JsonObject {
  const { amounts } = order.split
  return {
    feeSumamt: yuan(amounts.feeSumFen),
    fundPay: yuan(amounts.fundFen),
    medOrgOrd: order.medOrgOrd,
    chrgTime: formatCompactTime(order.settledAtMs ?? order.changedAtMs),
    ownpayAmt: yuan(amounts.ownPayFen),
    payOrdId: order.payOrdId,
    psnAcctPay: yuan(amounts.accountFen),
    notifyHisStatus: told ? '1' : '0',
  }
}

/** What the upload returned of each line: `result` in snake_case, `upload` in camelCase, the same content. */
function uploadDetails(order: CentreOrder): JsonObject {
  const lines = order.charge.feedetailList.map(checkedLine)
  return { result: lines.map(snakeKeys), upload: lines, mdtrtId: order.mdtrtId }
}

function checkedLine(line: WireFeeLine): JsonObject {
  const zero = yuan(ZERO_FEN)
  return {
    feedetlSn: line.feedetlSn,
    basMednFlag: '0',
    preselfpayAmt: zero,
    selfpayProp: new JsonNumber('0.0000'),
    medChrgitmType: '09',
    cnt: decimal(line.cnt),
    pric: decimal(line.pric),
    overlmtAmt: zero,
    pricUplmtAmt: decimal(line.pric),
    chrgitmLv: '01',
    inscpScpAmt: decimal(line.detItemFeeSumamt),
    detItemFeeSumamt: decimal(line.detItemFeeSumamt),
    lmtUsedFlag: '0',
    fulamtOwnpayAmt: zero,
    hiNegoDrugFlag: '0',
    drtReimFlag: '0',
  }
}

/** A line's decimal with its own digits where JSON allows them (`1.0000`), else in the plain form. */
function decimal(text: string): JsonNumber {
  const isJsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)
  return new JsonNumber(isJsonNumber ? text : (parseDecimal(text)?.toFixed() ?? '0'))
}
