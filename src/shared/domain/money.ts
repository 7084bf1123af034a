import Big from 'big.js'
import { z } from 'zod'

/** Largest amount in fen that is accepted anywhere, either sign: far above any bill, far below a float's whole numbers. */
export const MAX_FEN = 2 ** 51

/** Money in whole fen (1/100 yuan). Settlement amounts are always this, never a float of yuan. */
export const fenSchema = z.int().min(-MAX_FEN).max(MAX_FEN).brand<'Fen', 'inout'>()
export type Fen = z.infer<typeof fenSchema>

/** A number that the caller knows to be whole fen. @throws RangeError when it is not. */
export function fen(amount: number): Fen {
  // What the schema says, without its price: a list reads thousands of amounts.
  if (!Number.isInteger(amount) || Math.abs(amount) > MAX_FEN) throw new RangeError('not a whole number of fen')
  return amount as Fen
}

export const ZERO_FEN = fen(0)

export function addFen(...amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce<number>((sum, amount) => sum + amount, 0))
}

export function subtractFen(left: Fen, right: Fen): Fen {
  return fen(left - right)
}

/** Decimal text as JSON writes it: minus, digits, fraction, exponent. No plus sign, no blanks, no NaN. */
const DECIMAL_TEXT = /^-?\d{1,24}(\.\d{1,12})?([eE][+-]?\d{1,2})?$/

/** An exact decimal: fee lines carry six decimals of price and four of count (quirk Q10). */
export function parseDecimal(text: string): Big | undefined {
  return DECIMAL_TEXT.test(text) ? new Big(text) : undefined
}

/** As nearly every amount is written: with two decimals at most, and so short that it is in range. */
const PLAIN_YUAN = /^(-?\d{1,13})(?:\.(\d{1,2}))?$/

/**
 * Yuan as decimal text to whole fen, exactly. `undefined` when the text is no number, has a part smaller than one fen,
 * or is out of range: a settlement amount is never rounded, because a rounded one would not be what was charged.
 */
export function fenFromYuanText(text: string): Fen | undefined {
  const plain = PLAIN_YUAN.exec(text)
  // A message has some forty amounts; the exact decimal of one takes twenty times as long.
  if (plain !== null) return fen(Number(`${plain[1]}${(plain[2] ?? '').padEnd(2, '0')}`) || 0)
  const yuan = parseDecimal(text)
  if (yuan === undefined) return undefined
  const inFen = yuan.times(100)
  if (!inFen.round(0, Big.roundDown).eq(inFen) || inFen.abs().gt(MAX_FEN)) return undefined
  return fen(Number(inFen.toFixed(0)))
}

/** The exact sum of fee-line amounts in yuan, rounded half up to fen once, at the end (quirk Q10). */
export function sumYuanTextsToFen(texts: readonly string[]): Fen | undefined {
  let sum = new Big(0)
  for (const text of texts) {
    const amount = parseDecimal(text)
    if (amount === undefined) return undefined
    sum = sum.plus(amount)
  }
  return fenFromYuanText(sum.round(2, Big.roundHalfUp).toFixed(2))
}

/** Fen to the wire's yuan with two decimals: 123456 → "1234.56". */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Fen for people: 123456 → "1,234.56". */
export function formatYuan(amount: Fen): string {
  return yuanText(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
