import type { SettingsTest } from '#shared/contract/settings.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import type { Result } from '#shared/domain/result.ts'

/** Whose e-voucher it is, as far as the decoding told. Personal: it stays in memory and is never logged. */
export interface VoucherPerson {
  readonly userName: string | null
  readonly idNo: string | null
  /** Code of the place that insures the person. */
  readonly insuOrg: string | null
}

export interface DecodedVoucher {
  readonly ecToken: string
  /** null where the decoding tells nothing of the person. */
  readonly person: VoucherPerson | null
}

/** DECODER_FAILED: no usable answer. TOKEN_REJECTED: answered, and it is no valid e-voucher. */
export type DecodeAnswer = Result<DecodedVoucher, Failure<'DECODER_FAILED' | 'TOKEN_REJECTED'>>

/** What turns a scanned code into an e-voucher token. Implementations: passthrough, http, simulator. */
export interface VoucherDecoder {
  /** One try, never more: a code may be good for one decoding only. */
  decode(code: string): Promise<DecodeAnswer>
  /** Whether it works, for the test button: with a code that is nobody's. */
  test(): Promise<SettingsTest>
  /** Ends what is under way. */
  close(): void
}
