import type { FieldFacts, FieldTable } from './wire-facts.ts'

/**
 * What the published examples carry inside `extData` and `uploadInfo`. No table lists these fields, so none is required;
 * a field that is not here is counted as unknown, and nothing else comes of it.
 */
const SETTLEMENT = fields(
  `mdtrtCertType acctPay clrType actPayDedc fundPaySumamt setlId psnCashPay psnType naty brdy psnNo cvlservPay hifesPay
   clrOptins hifdmPay acctMulaidPay clrWay certno overlmtSelfpay balc poolPropSelfpay hifpPay psnName psnPartAmt
   hifmiPay preselfpayAmt psnCertType gend hospPartAmt insutype medType hifobPay mafPay inscpScpAmt medinsSetlId
   medfeeSumamt cvlservFlag fulamtOwnpayAmt othPay mdtrtId age setlTime`,
  {
    mdtrtCertType: { dictionary: 'mdtrtCertType' },
    clrType: { dictionary: 'clrType' },
    psnCertType: { dictionary: 'psnCertType' },
    gend: { dictionary: 'gend' },
    insutype: { dictionary: 'insutype' },
    // psnType has a dictionary too, but the example itself carries 156001, which no dictionary lists (Q17).
    medType: { dictionary: 'medType' },
  },
)

const FEE_LINE = fields(
  `basMednFlag medChrgitmType detItemFeeSumamt hiNegoDrugFlag fulamtOwnpayAmt cnt pric feedetlSn inscpScpAmt drtReimFlag
   overlmtAmt pricUplmtAmt selfpayProp preselfpayAmt lmtUsedFlag chrgitmLv`,
  { medChrgitmType: { dictionary: 'medChrgitmType' }, chrgitmLv: { dictionary: 'chrgitmLv' } },
)

const FUND_PART = fields('fund_pay_type fund_payamt crt_payb_lmt_amt inscp_scp_amt fund_pay_type_name setl_proc_info', {
  fund_pay_type: { dictionary: 'fundPayType' },
})

/** `extData` of 1.3, 1.4 and 2.2: `setlinfo` in either spelling, `SETLINFO` in snake_case (Q6). */
export const SETTLEMENT_DETAILS: FieldTable = {
  ...fields('insuplcAdmdvs acctFlag acct_pay op_swssc_flag ssc_no'),
  payChnlInfo: { embedded: true, inside: { payChnlId: { dictionary: 'payChnlId' }, payChnlName: {} } },
  setlinfo: { embedded: true, inside: { ...SETTLEMENT, ...inSnakeCase(SETTLEMENT) } },
  SETLINFO: { embedded: true, inside: inSnakeCase(SETTLEMENT) },
  setldetail: { inside: FUND_PART },
}

/** `extData` of 1.6, and `uploadInfo` of 2.2, which repeats it: `result` in snake_case, `upload` in camelCase. */
export const UPLOAD_DETAILS: FieldTable = {
  mdtrtId: {},
  result: { inside: inSnakeCase(FEE_LINE) },
  upload: { inside: FEE_LINE },
}

function fields(names: string, facts: Readonly<Record<string, FieldFacts>> = {}): FieldTable {
  return { ...Object.fromEntries(names.split(/\s+/).map((name) => [name, {}])), ...facts }
}

function inSnakeCase(table: FieldTable): FieldTable {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(table).map(([name, facts]) => [snake(name), facts]))
}
