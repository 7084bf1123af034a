import type { VoucherPerson } from '#main/decoder/voucher-decoder.ts'

/** Whether what the decoding told of a person agrees with the charge; null where it did not tell. */
export interface PersonMatch {
  readonly name: boolean | null
  readonly idNo: boolean | null
}

/** Whom a charge is about. */
export interface ChargePerson {
  readonly patientName: string
  readonly idNo: string
}

export function matchPerson(told: VoucherPerson, charge: ChargePerson): PersonMatch {
  return {
    name: agrees(told.userName && plainName(told.userName), plainName(charge.patientName)),
    idNo: agrees(told.idNo && plainIdNo(told.idNo), plainIdNo(charge.idNo)),
  }
}

export function isMismatch({ name, idNo }: PersonMatch): boolean {
  return name === false || idNo === false
}

function agrees(told: string | null, known: string): boolean | null {
  if (told === null || known === '') return null
  if (!told.includes('*')) return oldIdNo(told) === oldIdNo(known)
  // Some services tell 张*丰 or 510***1234: what is told must agree, and something must be told.
  const parts = told.split(/\*+/)
  if (parts.every((part) => part === '')) return null
  return new RegExp(`^${parts.map(literally).join('.+')}$`, 'u').test(known)
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

/** Full-width forms and the several dots and blanks inside a name say nothing of who it is. */
function plainName(name: string): string {
  return name.normalize('NFKC').replace(/[\s·•‧・･.]/g, '')
}

function plainIdNo(idNo: string): string {
  return idNo.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** A resident id without century and check character is the old one of 15; other texts stay as they are. */
function oldIdNo(text: string): string {
  return /^\d{17}[\dX]$/.test(text) ? `${text.slice(0, 6)}${text.slice(8, 17)}` : text
}
