import { randomInt } from 'node:crypto'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { cashierLink } from './cashier-link.ts'
import type { CounterParts } from './counter-parts.ts'
import { decodeScan } from './decode-scan.ts'
import { uploadAgain } from './reupload.ts'
import { revokeUpload } from './revoke.ts'
import { uploadFees } from './upload.ts'

/** The counter's use cases behind the contract. */
export function counterHandlers(
  parts: CounterParts,
): Pick<
  Handlers,
  | 'counter.upload'
  | 'counter.revoke'
  | 'counter.reupload'
  | 'counter.decodeScan'
  | 'counter.simulateScan'
  | 'counter.cashierLink'
> {
  return {
    'counter.upload': (input, { operator }) => uploadFees(parts, { ...input, operatorName: operator.name }),
    'counter.revoke': (input, { operator }) => revokeUpload(parts, { ...input, operatorName: operator.name }),
    'counter.reupload': (input, { operator }) => uploadAgain(parts, { ...input, operatorName: operator.name }),
    'counter.cashierLink': (input) => cashierLink(parts, input),
    'counter.decodeScan': (input) => decodeScan(parts, input),
    'counter.simulateScan': ({ medOrgOrd }) => simulateScan(parts, medOrgOrd),
  }
}

/** What the patient of this charge would have scanned: a code where the simulated decoding is on, else a token. */
async function simulateScan(
  { environment, fetchCharge, inventedCode }: CounterParts,
  medOrgOrd: string,
): Promise<Result<{ ecToken: string }, Failure<'NOT_IN_THIS_ENVIRONMENT'>>> {
  if (environment !== 'simulated') return err(failure('NOT_IN_THIS_ENVIRONMENT'))
  const charge = await fetchCharge(medOrgOrd)
  return ok({ ecToken: (charge.ok ? inventedCode(charge.value.detail.idNo) : undefined) ?? inventedToken() })
}

const TOKEN_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A token of the published form: region 990101 (nowhere), `ec`, 30 lower-case letters and digits. */
function inventedToken(): string {
  const tail = Array.from({ length: 30 }, () => TOKEN_ALPHABET[randomInt(TOKEN_ALPHABET.length)])
  return `990101ec${tail.join('')}`
}
