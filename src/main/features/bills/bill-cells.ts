import { type Fen, fen, fenFromYuanText, MAX_FEN } from '#shared/domain/money.ts'

const BACK_TICK = 0x60
const EQUALS = 0x3d

/**
 * The value of a cell: without blanks round it, without the back-tick that some bills set before (or round) every
 * value, and without the `="…"` that others write for spreadsheets.
 */
export function cleanCell(cell: string): string {
  const text = cell.trim()
  const first = text.charCodeAt(0)
  // Nearly every cell: a bill of a million lines has millions of them.
  if (first !== BACK_TICK && first !== EQUALS) return text
  const formula = /^="([^"]*)"$/.exec(text)
  if (formula !== null) return (formula[1] ?? '').trim()
  return first === BACK_TICK ? text.slice(1).replace(/`$/, '').trim() : text
}

const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/
/** At most 10^13 yuan, so that they are a safe number of fen, within `MAX_FEN`. */
const USUAL_YUAN = /^-?\d{1,13}(\.\d{1,2})?$/
const PLAIN = /^[+-]?\d{1,15}(\.\d{1,12})?$/

/**
 * A signed amount to fen, exactly and from its text: `-1,234.50`, `￥12`, `12.30元`. `undefined` for anything else, for
 * a part of a fen, and for the powers of ten that a spreadsheet leaves behind (`1.2E+05`): those have lost digits.
 */
export function readAmount(text: string, inFen: boolean): Fen | undefined {
  return (inFen ? undefined : usualYuan(text)) ?? readOddAmount(text, inFen)
}

/** Yuan as nearly every bill writes them: their digits are the fen. Anything else is left to the slower way. */
function usualYuan(text: string): Fen | undefined {
  if (!USUAL_YUAN.test(text)) return undefined
  const point = text.indexOf('.')
  const digits = point < 0 ? `${text}00` : text.slice(0, point) + text.slice(point + 1).padEnd(2, '0')
  // Nothing is not less than nothing.
  return fen(Number(digits) + 0)
}

function readOddAmount(text: string, inFen: boolean): Fen | undefined {
  const bare = text
    .normalize('NFKC')
    .replace(/^([+-]?)¥/, '$1')
    .replace(/元$/, '')
    .trim()
  const digits = GROUPED.test(bare) ? bare.replaceAll(',', '') : bare
  if (!PLAIN.test(digits)) return undefined
  const signed = digits.replace(/^\+/, '')
  return inFen ? wholeFen(signed) : fenFromYuanText(signed)
}

function wholeFen(digits: string): Fen | undefined {
  const match = /^(-?\d+)(?:\.0+)?$/.exec(digits)
  const amount = Number(match?.[1] ?? Number.NaN)
  return Number.isSafeInteger(amount) && Math.abs(amount) <= MAX_FEN ? fen(amount) : undefined
}
