const QUOTE = 0x22
const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const COLON = 0x3a
const BACKSLASH = 0x5c
const LOWER_E = 0x65
const UPPER_E = 0x45

/** The numbers of a JSON text as they are written, in its order, and how many members its objects have together. */
interface Writing {
  readonly numbers: readonly string[]
  readonly members: number
}

/**
 * Puts in the place of each number of `tree`, which `JSON.parse` made of `text`, what `make` makes of its digits. The
 * order of the text is the order of the tree, but for objects with a member twice, or with places for names, which the
 * language sorts. Where the two cannot be told to be in one order the answer is `undefined`, and `tree` of no use.
 * Takes a third of the time of a reviver, which is called for everything that is no number too.
 */
export function withWrittenNumbers(
  text: string,
  tree: unknown,
  make: (digits: string) => unknown,
): { readonly value: unknown } | undefined {
  const writing = readWriting(text)
  const walk = new Walk(writing.numbers, make)
  const value = walk.replace(tree)
  return walk.isInOrder && walk.numbers === writing.numbers.length && walk.members === writing.members
    ? { value }
    : undefined
}

/** Only of a text that is JSON. */
function readWriting(text: string): Writing {
  const numbers: string[] = []
  let members = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
    } else if (code === MINUS || isDigit(code)) {
      const from = at
      do at += 1
      while (isOfNumber(text.charCodeAt(at)))
      numbers.push(text.slice(from, at))
    } else {
      if (code === COLON) members += 1
      at += 1
    }
  }
  return { numbers, members }
}

/** @returns the place behind the closing quote. */
function endOfString(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at + 1
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isOfNumber(code: number): boolean {
  return isDigit(code) || code === POINT || code === MINUS || code === PLUS || code === LOWER_E || code === UPPER_E
}

class Walk {
  readonly #written: readonly string[]
  readonly #make: (digits: string) => unknown
  numbers = 0
  members = 0
  isInOrder = true

  constructor(written: readonly string[], make: (digits: string) => unknown) {
    this.#written = written
    this.#make = make
  }

  replace(value: unknown): unknown {
    if (typeof value === 'number') return this.#number(value)
    if (Array.isArray(value)) this.#array(value)
    else if (typeof value === 'object' && value !== null) this.#object(value as Record<string, unknown>)
    return value
  }

  #array(array: unknown[]): void {
    for (let index = 0; index < array.length; index += 1) array[index] = this.replace(array[index])
  }

  #object(object: Record<string, unknown>): void {
    for (const key of Object.keys(object)) {
      this.members += 1
      // It may be a place, and those come first whatever the text says.
      if (isDigit(key.charCodeAt(0))) this.isInOrder = false
      const value = object[key]
      if (typeof value === 'number') object[key] = this.#number(value)
      else if (typeof value === 'object') this.replace(value)
    }
  }

  #number(value: number): unknown {
    const digits = this.#written[this.numbers] ?? ''
    this.numbers += 1
    // Order and counts say it already; what is written of money is worth a second look.
    if (Number(digits) !== value) this.isInOrder = false
    return this.#make(digits)
  }
}
