import { randomInt } from 'node:crypto'
import type { CentreClient } from '#main/centre-client/centre-client.ts'
import type { HisCharge } from '#main/his/his-source.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Store } from '#main/store/store.ts'
import type { Environment } from '#shared/contract/settings.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { revokeUpload } from './revoke.ts'
import { uploadFees } from './upload.ts'

export interface CounterParts {
  readonly store: Store
  readonly centre: CentreClient
  readonly clock: Clock
  readonly environment: Environment
  /** How long the desk expects a patient to need. */
  readonly payWithinMs: number
  /** The charge as the hospital's system has it now. */
  readonly fetchCharge: (
    medOrgOrd: string,
  ) => Promise<Result<HisCharge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>>
  /** Gives effect to settlements that came before the order was known here: it may be paid already. */
  readonly onOrderOpened: (medOrgOrd: string) => void
}

/** The counter's use cases behind the contract. */
export function counterHandlers(
  parts: CounterParts,
): Pick<Handlers, 'counter.upload' | 'counter.revoke' | 'counter.simulateScan'> {
  return {
    'counter.upload': (input, { operator }) => uploadFees(parts, { ...input, operatorName: operator.name }),
    'counter.revoke': (input, { operator }) => revokeUpload(parts, { ...input, operatorName: operator.name }),
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
