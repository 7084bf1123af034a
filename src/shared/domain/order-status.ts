import { z } from 'zod'

/** Settlement type of the wire: ALL insurance and self-pay, CASH cash only, HI insurance only. */
export const SETL_TYPES = ['ALL', 'CASH', 'HI'] as const
export const setlTypeSchema = z.enum(SETL_TYPES)
export type SetlType = z.infer<typeof setlTypeSchema>

export const ORDER_STATES = [
  'created',
  'uploaded',
  'paying',
  'settled',
  'partlySettled',
  'revoked',
  'failed',
  'refunding',
  'partlyRefunded',
  'refunded',
  'unknown',
  'suspense',
] as const
export const orderStateSchema = z.enum(ORDER_STATES)
export type OrderState = z.infer<typeof orderStateSchema>

export const LEG_STATES = ['none', 'open', 'paid', 'partlyRefunded', 'refunded', 'failed', 'unknown'] as const
export const legStateSchema = z.enum(LEG_STATES)
export type LegState = z.infer<typeof legStateSchema>

export const legsSchema = z.object({ insurance: legStateSchema, cash: legStateSchema })
export type Legs = z.infer<typeof legsSchema>

/** What a status code says: the overall state it proves and what it says of each leg (`unknown`: it does not say). */
export interface StatusReading {
  readonly state: OrderState
  readonly legs: Legs
}

const reading = (state: OrderState, insurance: LegState, cash: LegState): StatusReading => ({
  state,
  legs: { insurance, cash },
})

/** The table of dictionaries.md for an order with both legs, one row a code. */
const BOTH_LEGS: Readonly<Record<string, StatusReading>> = {
  '0': reading('uploaded', 'none', 'none'),
  '1': reading('uploaded', 'none', 'none'),
  '2': reading('paying', 'unknown', 'unknown'),
  '3': reading('partlySettled', 'none', 'paid'),
  '4': reading('partlySettled', 'paid', 'unknown'),
  '5': reading('settled', 'paid', 'paid'),
  '6': reading('settled', 'paid', 'paid'),
  '7': reading('refunded', 'refunded', 'refunded'),
  '8': reading('partlyRefunded', 'refunded', 'paid'),
  '9': reading('partlyRefunded', 'paid', 'refunded'),
  '10': reading('partlyRefunded', 'paid', 'partlyRefunded'),
  '11': reading('partlyRefunded', 'refunded', 'partlyRefunded'),
  '12': reading('revoked', 'none', 'none'),
  '13': reading('revoked', 'none', 'unknown'),
  '14': reading('unknown', 'unknown', 'unknown'),
  '15': reading('failed', 'none', 'none'),
  '16': reading('partlySettled', 'none', 'paid'),
  '17': reading('refunding', 'unknown', 'unknown'),
}

/** Every code that the dictionary lists. */
export const LISTED_ORD_STAS: readonly string[] = Object.keys(BOTH_LEGS)

/** Rows that read otherwise when the cash leg does not exist (setlType HI). */
const INSURANCE_ONLY: Readonly<Record<string, StatusReading>> = {
  '4': reading('settled', 'paid', 'none'),
  '8': reading('refunded', 'refunded', 'none'),
}

/** Rows that read otherwise when the insurance leg does not exist (setlType CASH). */
const CASH_ONLY: Readonly<Record<string, StatusReading>> = {
  '3': reading('settled', 'none', 'paid'),
  '9': reading('refunded', 'none', 'refunded'),
}

/**
 * Codes that speak of a leg that this settlement type does not have: a contradiction of the centre's own. 16 tells that
 * the insurance part failed, so an order that it calls cash only is not simply paid.
 */
const IMPOSSIBLE: Readonly<Record<SetlType, readonly string[]>> = {
  ALL: [],
  HI: ['3', '9', '10', '11', '16'],
  CASH: ['4', '8', '11', '13', '16'],
}

/**
 * Reads one ordStas (dictionaries.md, confidence B). `undefined` for a code the dictionary does not list: it is kept,
 * shown with its code and never guessed (quirk Q20). A code impossible for the settlement type reads as suspense.
 */
export function readOrdStas(ordStas: string, setlType: SetlType | null): StatusReading | undefined {
  const general = BOTH_LEGS[ordStas]
  if (general === undefined || !Object.hasOwn(BOTH_LEGS, ordStas)) return undefined
  if (setlType === null || setlType === 'ALL') return general
  if (isImpossibleFor(setlType, ordStas)) return reading('suspense', 'unknown', 'unknown')
  const special = setlType === 'HI' ? INSURANCE_ONLY[ordStas] : CASH_ONLY[ordStas]
  return special ?? { state: general.state, legs: existingLegs(general.legs, setlType) }
}

/** The code speaks of money on a leg that an order of this settlement type does not have. */
export function isImpossibleFor(setlType: SetlType, ordStas: string): boolean {
  return IMPOSSIBLE[setlType].includes(ordStas)
}

/** A leg that the settlement type does not have is `none` by design, whatever a code says in general. */
export function existingLegs(legs: Legs, setlType: SetlType | null): Legs {
  if (setlType === 'HI') return { insurance: legs.insurance, cash: 'none' }
  if (setlType === 'CASH') return { insurance: 'none', cash: legs.cash }
  return legs
}

/** States in which money of this order has certainly moved and was not given back in full. */
export function holdsMoney(state: OrderState): boolean {
  return state === 'settled' || state === 'partlySettled' || state === 'partlyRefunded' || state === 'refunding'
}

/** Whether a code tells of money that has moved, in or back; an unlisted one tells nothing. */
export function hasMoved(ordStas: string, setlType: SetlType | null): boolean {
  const told = readOrdStas(ordStas, setlType)
  return told !== undefined && (holdsMoney(told.state) || told.state === 'refunded')
}

/** States in which a fee upload is legal: nothing was paid and nothing is pending. */
export function mayUpload(state: OrderState): boolean {
  return state === 'created' || state === 'failed' || state === 'revoked'
}

/** States in which an upload may be revoked: the patient has not paid. The centre has the last word (interface 1.7). */
export function mayRevoke(state: OrderState): boolean {
  return state === 'uploaded' || state === 'paying'
}

/** States after which the centre needs no more asking. */
export function isTerminal(state: OrderState): boolean {
  return state === 'settled' || state === 'refunded' || state === 'revoked' || state === 'failed' || state === 'created'
}

/** "Revoked before payment"; a successful 1.7 says the same without a code. */
export const REVOKED_CODE = '12'

/** What a settlement result (2.2) without a code says: its table lists none, and the message itself means settled. */
export const SETTLED_CODE = '6'
