import type { VoucherPersonShown } from '#shared/contract/counter.ts'
import { maskToken } from '#shared/domain/masks.ts'

/** A scanned e-voucher token or authorisation number. Lives in memory only and is shown as `masked`. */
export interface HeldToken {
  readonly kind: 'ecToken' | 'payAuthNo'
  readonly value: string
  readonly masked: string
  readonly expiresAtMs: number
  /** How long it was to live when it was scanned: the whole of its life bar. */
  readonly lifeMs: number
  /** What the decoding told of the person; null where it told nothing. */
  readonly person: VoucherPersonShown | null
  /** The cashier has confirmed that it is somebody else's e-voucher. */
  readonly otherPersonConfirmed: boolean
}

/** @param lifeMs the setting `scanner.tokenLifeSeconds`; the centre lets an e-voucher's token live about five minutes. */
export function holdToken(
  kind: HeldToken['kind'],
  value: string,
  { nowMs, lifeMs }: { readonly nowMs: number; readonly lifeMs: number },
  person: VoucherPersonShown | null = null,
): HeldToken {
  const expiresAtMs = nowMs + lifeMs
  return { kind, value, masked: maskToken(value), expiresAtMs, lifeMs, person, otherPersonConfirmed: false }
}

export function isAlive(token: HeldToken | null, nowMs: number): token is HeldToken {
  return token !== null && nowMs < token.expiresAtMs
}
