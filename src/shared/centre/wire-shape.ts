import { JsonNumber } from './json.ts'

/** Longest shape that is kept of a value. */
const LONGEST_SHAPE = 40
const LONGEST_NAME = 48

/**
 * How a value is built, with nothing of the value in it: letters become a, digits 9, Han characters 字. Quotation marks
 * tell text from a number.
 */
export function shapeOf(value: unknown): string {
  if (typeof value === 'string') return `"${maskCharacters(value)}"`
  if (value instanceof JsonNumber) return maskCharacters(value.text)
  if (Array.isArray(value)) return '[…]'
  if (typeof value === 'object' && value !== null) return '{…}'
  return String(value)
}

/**
 * The name of a field as it may be kept: a far side could put a person's number where a name belongs. What does not look
 * like a name of this wire is kept by its shape only.
 */
export function safeFieldName(name: string): string {
  const looksLikeOne = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) && !/\d{5}/.test(name) && name.length <= LONGEST_NAME
  return looksLikeOne ? name : `〈${maskCharacters(name)}〉`
}

function maskCharacters(text: string): string {
  // Cut first: a value may be megabytes long. Two code units are one character at most.
  const characters = [...text.slice(0, LONGEST_SHAPE * 2)].slice(0, LONGEST_SHAPE)
  return characters.map(maskCharacter).join('')
}

function maskCharacter(character: string): string {
  if (/\p{Script=Han}/u.test(character)) return '字'
  if (/\p{N}/u.test(character)) return '9'
  if (/[\p{L}\p{M}]/u.test(character)) return 'a'
  return /[\x20-\x7e]/.test(character) ? character : '·'
}
