import type { ParsedInputOf } from '#shared/contract/procedure.ts'
import type { Output, Procedures } from '#shared/contract/table.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { maskIdNo, maskName } from '#shared/domain/masks.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { CounterParts } from './counter-parts.ts'
import { type ChargePerson, isMismatch, matchPerson } from './same-person.ts'

type DecodeFailure = Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE' | 'DECODER_FAILED' | 'TOKEN_REJECTED'>

/**
 * Turns a scanned code into a token for this charge, and tells whether it is the same person's. The code is neither
 * kept nor logged; whose the token is stays in memory, for the upload.
 */
export async function decodeScan(
  parts: CounterParts,
  { medOrgOrd, code }: ParsedInputOf<Procedures['counter.decodeScan']>,
): Promise<Result<Output<'counter.decodeScan'>, DecodeFailure>> {
  // Before the one try: a code may be good for one decoding only.
  const charge = await personOfCharge(parts, medOrgOrd)
  if (!charge.ok) return charge
  const decoded = await parts.decoder.decode(code)
  if (!decoded.ok) return decoded
  const { ecToken, person } = decoded.value
  if (person === null) return ok({ ecToken, person: null })
  parts.scans.remember(ecToken, person)
  const match = matchPerson(person, charge.value)
  return ok({
    ecToken,
    person: {
      maskedName: person.userName === null ? null : maskName(person.userName),
      maskedIdNo: person.idNo === null ? null : maskIdNo(person.idNo),
      insuOrg: person.insuOrg,
      nameMatches: match.name,
      idNoMatches: match.idNo,
      isMismatch: isMismatch(match),
      chargeMaskedName: maskName(charge.value.patientName),
    },
  })
}

async function personOfCharge(
  { store, fetchCharge }: CounterParts,
  medOrgOrd: string,
): Promise<Result<ChargePerson, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>> {
  const known = store.book.find(medOrgOrd)?.charge
  if (known !== undefined) return ok(known)
  const charge = await fetchCharge(medOrgOrd)
  return charge.ok ? ok({ patientName: charge.value.detail.userName, idNo: charge.value.detail.idNo }) : charge
}

/**
 * Holds the upload of a token that the decoding said is somebody else's, until a person has confirmed it. A token of
 * which nothing was told, as from a scanner that delivers tokens itself, is not held.
 */
export function checkVoucherPerson(
  { scans }: Pick<CounterParts, 'scans'>,
  intent: { readonly ecToken?: string | undefined; readonly otherPersonConfirmed?: boolean | undefined },
  charge: ChargePerson,
): Result<{ readonly otherPerson?: string }, Failure<'PATIENT_MISMATCH'>> {
  const person = scans.personOf(intent.ecToken)
  if (person === undefined) return ok({})
  const match = matchPerson(person, charge)
  if (!isMismatch(match)) return ok({})
  const voucherName = person.userName === null ? null : maskName(person.userName)
  const chargeName = maskName(charge.patientName)
  if (intent.otherPersonConfirmed !== true) {
    const words = `凭证是 ${voucherName ?? '别人'} 的，费用是 ${chargeName} 的`
    return err(failure('PATIENT_MISMATCH', words, { voucherName, chargeName }))
  }
  return ok({
    otherPerson: [match.name === false && '姓名', match.idNo === false && '证件号'].filter(Boolean).join('、'),
  })
}
