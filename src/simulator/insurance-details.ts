import { JsonNumber, type JsonObject } from '#shared/centre/json.ts'
import { maskName } from '#shared/domain/masks.ts'
import { addFen, type Fen, subtractFen, yuanText, ZERO_FEN } from '#shared/domain/money.ts'
import { dayOf, formatCompactTime, formatDateTime } from '#shared/domain/time.ts'
import { SIMULATED_REGION } from './centre-options.ts'
import type { CentreOrder } from './orders.ts'

/** A settlement amount as the centre writes it: a JSON number with two decimals. */
export function yuan(amount: Fen): JsonNumber {
  return new JsonNumber(yuanText(amount))
}

export function negative(amount: Fen): Fen {
  return subtractFen(ZERO_FEN, amount)
}

/** `extData` of 1.3 and 2.2: `setlinfo` in camelCase beside `SETLINFO` in snake_case (quirk Q6). */
export function settlementExtData(order: CentreOrder): JsonObject {
  const { accountFen } = order.split.amounts
  const channel = {
    insuplcAdmdvs: order.charge.insuCode ?? SIMULATED_REGION,
    acctFlag: accountFen > 0 ? '1' : '0',
    payChnlInfo: { payChnlId: 'ALI', payChnlName: '支付宝' },
    acct_pay: yuanText(accountFen),
    op_swssc_flag: '0',
  }
  if (order.settledAtMs === null || order.split.setlType === 'CASH') return channel
  const info = setlInfo(order, order.settledAtMs)
  return { ...channel, setlinfo: info, setldetail: setlDetail(order, (amount) => amount), SETLINFO: snakeKeys(info) }
}

/** `extData` of 1.4: all lower case, every insurance amount negative (quirks Q6 and Q9), the person masked. */
export function refundExtData(order: CentreOrder, withCash: boolean): JsonObject {
  const info = snakeKeys(setlInfo(order, order.settledAtMs ?? order.changedAtMs))
  const turned = Object.fromEntries(
    Object.entries(info).map(([key, value]) => [
      key,
      key !== 'age' && value instanceof JsonNumber ? turn(value) : value,
    ]),
  )
  return {
    setldetail: setlDetail(order, negative).map((part) => ({ ...part, setl_proc_info: '模拟结算冲正' })),
    setlinfo: {
      ...turned,
      psn_cash_pay: withCash ? turned.psn_cash_pay : yuan(ZERO_FEN),
      psn_name: maskName(order.charge.userName),
      certno: tailOnly(order.charge.idNo),
      psn_no: tailOnly(personNumber(order)),
    },
  }
}

/** Shape of the published `setlinfo`, key by key. Amounts that this settlement does not use are zero. */
function setlInfo(order: CentreOrder, settledAtMs: number): JsonObject {
  const { amounts } = order.split
  const zero = yuan(ZERO_FEN)
  const person = personOf(order.charge.idNo, settledAtMs)
  return {
    mdtrtCertType: order.charge.mdtrtCertType ?? '01',
    acctPay: yuan(amounts.accountFen),
    clrType: '11',
    actPayDedc: zero,
    fundPaySumamt: yuan(amounts.fundFen),
    setlId: order.setlId,
    psnCashPay: yuan(amounts.ownPayFen),
    psnType: '11',
    naty: '01',
    brdy: person.birthday,
    psnNo: personNumber(order),
    cvlservPay: zero,
    hifesPay: zero,
    clrOptins: `${SIMULATED_REGION.slice(0, 4)}99`,
    hifdmPay: zero,
    acctMulaidPay: zero,
    clrWay: '1',
    certno: order.charge.idNo,
    overlmtSelfpay: zero,
    balc: zero,
    poolPropSelfpay: zero,
    hifpPay: yuan(amounts.fundFen),
    psnName: order.charge.userName,
    psnPartAmt: yuan(subtractFen(amounts.feeSumFen, amounts.fundFen)),
    hifmiPay: zero,
    preselfpayAmt: zero,
    psnCertType: order.charge.idType ?? '01',
    gend: person.gender,
    hospPartAmt: zero,
    insutype: order.charge.insutype ?? '310',
    medType: order.charge.medType ?? '11',
    hifobPay: zero,
    mafPay: zero,
    inscpScpAmt: yuan(amounts.feeSumFen),
    medinsSetlId: `${order.charge.orgCodg}${formatCompactTime(settledAtMs)}${order.payOrdId.slice(-4)}`,
    medfeeSumamt: yuan(amounts.feeSumFen),
    cvlservFlag: '0',
    fulamtOwnpayAmt: zero,
    othPay: zero,
    mdtrtId: order.mdtrtId,
    age: new JsonNumber(String(person.age)),
    setlTime: formatDateTime(settledAtMs),
  }
}

const FUNDS: Readonly<Record<string, { readonly code: string; readonly name: string }>> = {
  '390': { code: '390100', name: '城乡居民基本医疗保险基金' },
}
const EMPLOYEE_FUND = { code: '310100', name: '城镇职工基本医疗保险统筹基金' }
const EMPLOYEE_ACCOUNT = { code: '310200', name: '城镇职工基本医疗保险个人账户基金' }

/** One row a fund that paid, then the personal account if it paid. */
function setlDetail(order: CentreOrder, sign: (amount: Fen) => Fen): readonly JsonObject[] {
  const { amounts } = order.split
  const fund = FUNDS[order.charge.insutype ?? ''] ?? EMPLOYEE_FUND
  return [
    { ...fund, amount: amounts.fundFen },
    { ...EMPLOYEE_ACCOUNT, amount: amounts.accountFen },
  ]
    .filter((part) => part.amount > 0)
    .map((part) => ({
      fund_pay_type: part.code,
      fund_payamt: yuan(sign(part.amount)),
      crt_payb_lmt_amt: yuan(ZERO_FEN),
      inscp_scp_amt: yuan(sign(amounts.feeSumFen)),
      fund_pay_type_name: part.name,
    }))
}

/** psnCashPay → psn_cash_pay, for this file's and `replies.ts`'s own keys; never for what came over the wire. */
export function snakeKeys(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}

function turn(number: JsonNumber): JsonNumber {
  return new JsonNumber(/^-?0(\.0+)?$/.test(number.text) ? number.text : `-${number.text}`)
}

function tailOnly(text: string): string {
  return `${'*'.repeat(Math.max(0, text.length - 2))}${text.slice(-2)}`
}

function personNumber(order: CentreOrder): string {
  return order.charge.psnNo ?? `${SIMULATED_REGION}${order.payOrdId.slice(-20)}`
}

/** What an 18-character resident id tells; nothing for any other certificate. */
function personOf(
  idNo: string,
  atMs: number,
): { readonly birthday: string; readonly gender: string; readonly age: number } {
  const match = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dXx]$/.exec(idNo)
  if (match === null) return { birthday: '', gender: '0', age: 0 }
  const [, year, month, day, sequence] = match
  const birthday = `${year}-${month}-${day}`
  const hadBirthday = dayOf(atMs).slice(5) >= birthday.slice(5)
  return {
    birthday,
    gender: Number(sequence) % 2 === 1 ? '1' : '2',
    age: Math.max(0, Number(dayOf(atMs).slice(0, 4)) - Number(year) - (hadBirthday ? 0 : 1)),
  }
}

/** Total that the two insurance parts paid. */
export function insuranceFen(order: CentreOrder): Fen {
  return addFen(order.split.amounts.fundFen, order.split.amounts.accountFen)
}
