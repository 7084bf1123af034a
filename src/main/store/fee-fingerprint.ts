import { createHash } from 'node:crypto'
import { isJsonObject, JsonNumber, parseJson } from '#shared/centre/json.ts'
import { parseDecimal } from '#shared/domain/money.ts'

/**
 * SHA-256 of what a charge costs: its fee lines and its amounts. The order of fields and lines does not matter, nor
 * how a number is spelt (`1`, `1.00`, `"1.0"`); a missing field is as good as an empty one.
 * @param detailJson 2.1's `data`.
 */
export function feeFingerprint(detailJson: string): string {
  const data = parseJson(detailJson)?.value
  if (!isJsonObject(data)) throw new TypeError('a charge that is no object')
  const { medfeeSumamt, outOfMIFee, prePaidBalc } = data
  const lines = Array.isArray(data.feedetailList) ? data.feedetailList.map(canonicalLine).sort() : []
  const amounts = [medfeeSumamt, outOfMIFee ?? '0', prePaidBalc ?? '0'].map((amount) => canonicalNumber(amount))
  return createHash('sha256')
    .update(JSON.stringify([amounts, lines]))
    .digest('hex')
}

/** These are numbers however they are spelt; every other field is text, where 012 is not 12. */
const NUMERIC = new Set(['detItemFeeSumamt', 'cnt', 'pric'])

function canonicalLine(line: unknown): string {
  if (!isJsonObject(line)) return ''
  const fields = Object.entries(line)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, NUMERIC.has(name) ? canonicalNumber(value) : canonicalText(value)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify(fields)
}

function canonicalNumber(value: unknown): string {
  const text = canonicalText(value)
  return parseDecimal(text)?.toFixed() ?? text
}

function canonicalText(value: unknown): string {
  if (value instanceof JsonNumber) return value.text
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}
