import Big from 'big.js'
import { fenFromYuanText, subtractFen, sumYuanTextsToFen, yuanText } from '#shared/domain/money.ts'
import { formatDateTime } from '#shared/domain/time.ts'

/** One fee line: price in yuan (up to six decimals), count (up to four). */
export interface SimulatedLine {
  readonly name: string
  readonly spec: string
  readonly code: string
  readonly price: string
  readonly count: string
  readonly inCatalogue: boolean
}

export interface SimulatedPatient {
  readonly name: string
  /** Resident id of area 99, which does not exist, with a valid check digit. */
  readonly idNo: string
  readonly insutype: string
  /** Yuan that the patient has paid in advance. */
  readonly prepaidYuan?: string
  readonly charges: readonly SimulatedCharge[]
}

export interface SimulatedCharge {
  /** Six digits, unique among all charges of a day. */
  readonly serial: string
  /** Registration, minutes after midnight; before noon. */
  readonly atMinute: number
  readonly deptCode: string
  readonly deptName: string
  readonly caty: string
  readonly drCode: string
  readonly drName: string
  readonly medType: string
  readonly complaint: string
  /** Code and name; the first is the main one. */
  readonly diagnoses: readonly (readonly [string, string])[]
  readonly lines: readonly SimulatedLine[]
  /** Chronic outpatient disease (门诊慢特病). */
  readonly chronic?: readonly [string, string]
}

export function catalogueLine(name: string, spec: string, code: string, price: string, count: string): SimulatedLine {
  return { name, spec, code, price, count, inCatalogue: true }
}

export function outsideLine(name: string, spec: string, code: string, price: string, count: string): SimulatedLine {
  return { ...catalogueLine(name, spec, code, price, count), inCatalogue: false }
}

/** Where and when a charge of the simulated hospital stands. */
export interface ChargePlace {
  readonly orgCodg: string
  readonly medOrgOrd: string
  /** A minute of the charge's day as epoch milliseconds. */
  readonly atMs: (minute: number) => number
}

/** 2.1's `data` with every field that its table requires, amounts as decimal text as in the published example (Q8). */
export function feeDetailData(patient: SimulatedPatient, charge: SimulatedCharge, place: ChargePlace): object {
  const { medOrgOrd } = place
  const time = (minute: number) => formatDateTime(place.atMs(minute))
  const [diseCodg, diseName] = charge.chronic ?? []
  return {
    orgCodg: place.orgCodg,
    medOrgOrd,
    psnNo: `99010000000000${patient.idNo.slice(6, 17)}1`,
    insutype: patient.insutype,
    userName: patient.name,
    idNo: patient.idNo,
    idType: '01',
    insuCode: patient.idNo.slice(0, 6),
    mdtrtCertType: '01',
    iptOtpNo: `MZ${patient.idNo.slice(6, 17)}`,
    atddrNo: charge.drCode,
    drName: charge.drName,
    deptCode: charge.deptCode,
    deptName: charge.deptName,
    caty: charge.caty,
    begntime: time(charge.atMinute),
    medType: charge.medType,
    feeType: '00',
    ...amounts(patient, charge),
    acctUsedFlag: '1',
    mainCondDscr: charge.complaint,
    diseCodg,
    diseName,
    psnSetlway: '01',
    chrgBchno: batchNumber(medOrgOrd),
    uldLatlnt: '0,0',
    midSetlFlag: '0',
    rxCircFlag: '0',
    diseinfoList: charge.diagnoses.map((diagnosis, index) => diagnosisData(charge, diagnosis, index, time)),
    feedetailList: charge.lines.map((line, index) => lineData(charge, line, index, medOrgOrd, time)),
  }
}

/**
 * The total is the exact sum of all lines, rounded half up once; what is outside the catalogue is rounded on its own,
 * and the inside is the rest, so that the two always make the total.
 */
function amounts(patient: SimulatedPatient, charge: SimulatedCharge): object {
  const total = sumToFen(charge.lines)
  const outside = sumToFen(charge.lines.filter((line) => !line.inCatalogue))
  const prepaid = fenFromYuanText(patient.prepaidYuan ?? '0')
  return {
    medfeeSumamt: yuanText(subtractFen(total, outside)),
    outOfMIFee: yuanText(outside),
    ...(prepaid === undefined ? {} : { prePaidBalc: yuanText(prepaid) }),
  }
}

function sumToFen(lines: readonly SimulatedLine[]) {
  const sum = sumYuanTextsToFen(lines.map(lineAmount))
  if (sum === undefined) throw new RangeError('a simulated fee line is no decimal')
  return sum
}

/** Yuan with six decimals. */
function lineAmount(line: SimulatedLine): string {
  return new Big(line.price).times(line.count).round(6, Big.roundHalfUp).toFixed(6)
}

function diagnosisData(
  charge: SimulatedCharge,
  [diagCode, diagName]: readonly [string, string],
  index: number,
  time: (minute: number) => string,
): object {
  return {
    diagType: '1',
    diagSrtNo: index + 1,
    diagCode,
    diagName,
    diagDept: charge.deptCode,
    diseDorNo: charge.drCode,
    diseDorName: charge.drName,
    diagTime: time(charge.atMinute + 4),
    valiFlag: '1',
  }
}

function lineData(
  charge: SimulatedCharge,
  line: SimulatedLine,
  index: number,
  medOrgOrd: string,
  time: (minute: number) => string,
): object {
  return {
    feedetlSn: `${medOrgOrd}_${index + 1}`,
    chrgBchno: batchNumber(medOrgOrd),
    rxCircFlag: '0',
    feeOcurTime: time(charge.atMinute + 6),
    medListCodg: line.code,
    medinsListCodg: `H${line.code}`,
    medListName: line.name,
    medListSpc: line.spec,
    detItemFeeSumamt: lineAmount(line),
    cnt: new Big(line.count).toFixed(4),
    pric: new Big(line.price).toFixed(6),
    bilgDeptCodg: charge.deptCode,
    bilgDeptName: charge.deptName,
    bilgDrCodg: charge.drCode,
    bilgDrName: charge.drName,
    hospApprFlag: '0',
    medType: charge.medType,
    expContent: line.inCatalogue ? undefined : '目录外',
  }
}

function batchNumber(medOrgOrd: string): string {
  return `PC${medOrgOrd.slice(2)}`
}
