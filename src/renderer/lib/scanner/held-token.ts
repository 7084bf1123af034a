import { maskToken } from '#shared/domain/masks.ts'

/** How long a scanned code is kept at most; the centre lets an e-voucher's token live about that long. */
export const TOKEN_LIFE_MS = 5 * 60_000

/** A scanned e-voucher token or authorisation number. Lives in memory only and is shown as `masked`. */
export interface HeldToken {
  readonly kind: 'ecToken' | 'payAuthNo'
  readonly value: string
  readonly masked: string
  readonly expiresAtMs: number
}

export function holdToken(kind: HeldToken['kind'], value: string, nowMs: number): HeldToken {
  return { kind, value, masked: maskToken(value), expiresAtMs: nowMs + TOKEN_LIFE_MS }
}

export function isAlive(token: HeldToken | null, nowMs: number): token is HeldToken {
  return token !== null && nowMs < token.expiresAtMs
}
