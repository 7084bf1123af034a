import { randomInt } from 'node:crypto'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { cashierLink } from './cashier-link.ts'
import type { CounterParts } from './counter-parts.ts'
import { uploadAgain } from './reupload.ts'
import { revokeUpload } from './revoke.ts'
import { uploadFees } from './upload.ts'

/** The counter's use cases behind the contract. */
export function counterHandlers(
  parts: CounterParts,
): Pick<
  Handlers,
  'counter.upload' | 'counter.revoke' | 'counter.reupload' | 'counter.simulateScan' | 'counter.cashierLink'
> {
  return {
    'counter.upload': (input, { operator }) => uploadFees(parts, { ...input, operatorName: operator.name }),
    'counter.revoke': (input, { operator }) => revokeUpload(parts, { ...input, operatorName: operator.name }),
    'counter.reupload': (input, { operator }) => uploadAgain(parts, { ...input, operatorName: operator.name }),
    'counter.cashierLink': (input) => cashierLink(parts, input),
    'counter.simulateScan': () =>
      parts.environment === 'simulated' ? ok({ ecToken: inventedToken() }) : err(failure('NOT_IN_THIS_ENVIRONMENT')),
  }
}

const TOKEN_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A token of the published form: region 990101 (nowhere), `ec`, 30 lower-case letters and digits. */
function inventedToken(): string {
  const tail = Array.from({ length: 30 }, () => TOKEN_ALPHABET[randomInt(TOKEN_ALPHABET.length)])
  return `990101ec${tail.join('')}`
}
