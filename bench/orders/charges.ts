import {
  feeDetailData,
  type SimulatedCharge,
  type SimulatedLine,
  type SimulatedPatient,
} from '#main/his/simulator-charge.ts'
import { SIMULATED_PATIENTS } from '#main/his/simulator-patients.ts'
import { type CentreCharge, readCharge } from '#simulator/charge.ts'
import type { Person } from './persons.ts'
import type { Random } from './random.ts'

export const ORG_CODG = 'H99010100001'

/** What a charge is made of; the person, the number and the time are filled in for each order. */
export interface ChargeTemplate {
  /** 2.1's `data` with the blanks below in it. */
  readonly json: string
  /** The same as the centre reads it. */
  readonly charge: CentreCharge
}

/** What stands in a template where each order has its own. Longer than anything, so that nothing else is replaced. */
const BLANK = {
  number: 'MZ19990101999999',
  name: '患者甲',
  idNo: '990100199901010000',
  day: '1999-01-01',
} as const
const BLANK_DAY_MS = Date.UTC(1999, 0, 1) - 8 * 60 * 60 * 1000

/** Charges as the simulated hospital writes them: its departments and diagnoses, two to seven of its fee lines. */
export function inventTemplates(random: Random, count: number): readonly ChargeTemplate[] {
  const known = SIMULATED_PATIENTS.flatMap((patient) => patient.charges)
  const lines = known.flatMap((charge) => charge.lines).filter((line) => Number(line.price) < 500)
  return Array.from({ length: count }, () => templateOf(varied(random.pick(known), lines, random), random))
}

function varied(charge: SimulatedCharge, lines: readonly SimulatedLine[], random: Random): SimulatedCharge {
  const [visit] = lines
  const count = 1 + random.below(6)
  const more = Array.from({ length: count }, () => ({ ...random.pick(lines), count: String(1 + random.below(4)) }))
  return { ...charge, diagnoses: charge.diagnoses.slice(0, 2), lines: visit === undefined ? more : [visit, ...more] }
}

function templateOf(charge: SimulatedCharge, random: Random): ChargeTemplate {
  const insutype = random.chance(0.6) ? '310' : '390'
  const patient: SimulatedPatient = { name: BLANK.name, idNo: BLANK.idNo, insutype, charges: [charge] }
  const place = {
    orgCodg: ORG_CODG,
    medOrgOrd: BLANK.number,
    atMs: (minute: number) => BLANK_DAY_MS + minute * 60_000,
  }
  const json = JSON.stringify(feeDetailData(patient, charge, place))
  const read = readCharge({ medOrgOrd: BLANK.number, orgCodg: ORG_CODG }, `{"code":1,"message":"成功","data":${json}}`)
  if (!read.ok) throw new Error(`a charge that the simulated centre refuses: ${read.error.message}`)
  return { json, charge: read.value }
}

export interface FilledCharge {
  readonly detailJson: string
  readonly charge: CentreCharge
  readonly visitTime: string
}

/** @param day YYYY-MM-DD of the visit. */
export function fillTemplate(
  template: ChargeTemplate,
  { name, idNo }: Person,
  medOrgOrd: string,
  day: string,
): FilledCharge {
  const fill = (text: string) =>
    text
      .replaceAll(BLANK.number.slice(2), medOrgOrd.slice(2))
      .replaceAll(BLANK.name, name)
      .replaceAll(BLANK.idNo, idNo)
      .replaceAll(BLANK.idNo.slice(6, 17), idNo.slice(6, 17))
      .replaceAll(BLANK.day, day)
  const { charge } = template
  return {
    detailJson: fill(template.json),
    visitTime: fill(charge.begntime?.text ?? ''),
    charge: {
      ...charge,
      medOrgOrd,
      userName: name,
      idNo,
      psnNo: fill(charge.psnNo ?? ''),
      feedetailList: charge.feedetailList.map((line) => ({ ...line, feedetlSn: fill(line.feedetlSn) })),
    },
  }
}
