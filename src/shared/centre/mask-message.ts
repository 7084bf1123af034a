import { maskIdNo, maskName, maskToken } from '../domain/masks.ts'
import { isJsonObject, JsonNumber, parseJson, stringifyJson } from './json.ts'
import { safeFieldName } from './wire-shape.ts'

/** A raw message as IT may see it. What is no JSON is not shown at all: nobody can tell what stands in it. */
export type MaskedMessage =
  | { readonly readable: true; readonly text: string }
  | { readonly readable: false; readonly words: string }

const GONE = '••••'
const LONGEST_TEXT = 100_000
const DEEPEST = 32
const MOST_PERSONS = 100

/**
 * The message as indented JSON with every personal value and every secret masked: by the field's name in any spelling,
 * and wherever else the same value stands (a centre's sentence may name the patient).
 * @param persons values that are personal wherever they stand: the patient's name and number.
 */
export function maskMessage(bodyText: string, persons: readonly string[] = []): MaskedMessage {
  const parsed = parseJson(bodyText)
  if (parsed === undefined) return { readable: false, words: `不是 JSON，共 ${bodyText.length} 个字符，内容不显示` }
  const masker = new Masker(persons)
  masker.learn(parsed.value, undefined, 0)
  const text = stringifyJson(masker.mask(parsed.value, undefined, 0), 2)
  const cut = `${text.slice(0, LONGEST_TEXT)}\n……（共 ${text.length} 个字符，其余不显示）`
  return { readable: true, text: text.length > LONGEST_TEXT ? cut : text }
}

type Mask = (text: string) => string

class Masker {
  /** Personal values of this message with what is shown for them. */
  readonly #persons = new Map<string, string>()

  constructor(persons: readonly string[]) {
    for (const person of persons) this.#remember(person, /\d/.test(person) ? maskIdNo : maskName)
  }

  /** First pass: which values are personal, so that they are known where no name tells. */
  learn(value: unknown, mask: Mask | undefined, depth: number): void {
    if (depth > DEEPEST) return
    const text = scalarText(value)
    const embedded = text === undefined ? value : embeddedJson(text)
    if (Array.isArray(embedded)) for (const part of embedded) this.learn(part, mask, depth + 1)
    else if (isJsonObject(embedded)) {
      for (const [name, part] of Object.entries(embedded)) this.learn(part, mask ?? maskFor(name), depth + 1)
    } else if (text !== undefined && mask !== undefined) this.#remember(text, mask)
  }

  mask(value: unknown, mask: Mask | undefined, depth: number): unknown {
    if (depth > DEEPEST) return '……'
    if (Array.isArray(value)) return value.map((part) => this.mask(part, mask, depth + 1))
    if (isJsonObject(value)) {
      const entries = Object.entries(value)
      return Object.fromEntries(
        entries.map(([name, part]) => [safeFieldName(name), this.mask(part, mask ?? maskFor(name), depth + 1)]),
      )
    }
    return this.#maskScalar(value, mask, depth)
  }

  #maskScalar(value: unknown, mask: Mask | undefined, depth: number): unknown {
    const text = scalarText(value)
    if (text === undefined || text === '') return value
    const embedded = typeof value === 'string' ? embeddedJson(text) : undefined
    if (embedded !== undefined) return stringifyJson(this.mask(embedded, mask, depth + 1))
    if (mask !== undefined) return mask(text)
    const masked = this.#withoutPersons(text)
    return masked === text ? value : masked
  }

  #withoutPersons(text: string): string {
    let masked = withoutUrlTail(text).replace(RESIDENT_ID, maskIdNo).replace(MOBILE, GONE)
    for (const [person, shown] of this.#persons) masked = masked.replaceAll(person, shown)
    return masked
  }

  #remember(text: string, mask: Mask): void {
    const value = text.trim()
    // One character, or a short number, stands everywhere.
    const telling = [...value].length >= (/^[\d.]*$/.test(value) ? 6 : 2)
    if (telling && this.#persons.size < MOST_PERSONS) this.#persons.set(value, mask(value))
  }
}

/** A resident's number and a mobile number, standing alone: longer numbers are orders and transactions. */
const RESIDENT_ID =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g
const MOBILE = /(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])/g

/** Names of things; every other field that ends in "name" may be a person's. */
const THING_NAMES = new Set(
  'deptname orgname paychnlname bilgdeptname acorddeptname admdeptname dscgdeptname medlistname fundpaytypename'.split(
    ' ',
  ),
)
const NUMBERS = new Set('certno idno idcard idcardno psnno psncertno sscno patientid psnid cardno'.split(' '))
const SECRETS = new Set('ectoken paytoken payauthno token eccode openid accesstoken authcode authno'.split(' '))
const HIDDEN = new Set(
  `brdy birthday birthdate tel telephone telno phoneno mobileno addr address uldlatlnt diagname diagcode disename
   disecodg mainconddscr admdiagdscr`.split(/\s+/),
)

/** How the value of this field is masked; names are compared without case and separators, so that each spelling counts. */
function maskFor(name: string): Mask | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (SECRETS.has(plain) || plain.endsWith('token')) return maskToken
  if (NUMBERS.has(plain)) return maskIdNo
  if (HIDDEN.has(plain) || plain.endsWith('phone') || plain.endsWith('mobile')) return () => GONE
  if (plain.endsWith('url')) return withoutUrlTail
  return plain.endsWith('name') && !THING_NAMES.has(plain) ? maskName : undefined
}

/** Path and query of an address may hold a token; the host tells IT enough. */
function withoutUrlTail(text: string): string {
  return text.replace(/(https?:\/\/[^/\s?#"'，。]+)[/?#][^\s"'，。]*/gi, `$1/${GONE}`)
}

function scalarText(value: unknown): string | undefined {
  if (value instanceof JsonNumber) return value.text
  return typeof value === 'string' ? value : undefined
}

/** Details may come as their JSON text (Q5). */
function embeddedJson(text: string): unknown {
  const value = /^\s*[[{]/.test(text) ? parseJson(text)?.value : undefined
  return isJsonObject(value) || Array.isArray(value) ? value : undefined
}
