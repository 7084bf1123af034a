/** A JSON text taken apart without losing a character: a scalar is its own letters, numbers are never read. */
export type JsonTree = string | readonly JsonTree[] | JsonObjectTree

export interface JsonObjectTree {
  /** Each with its quotes, as written. */
  readonly keys: readonly string[]
  readonly values: readonly JsonTree[]
}

/** No control characters: JSON has none in its strings, and those who store a tree want them for marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that a string must not have.
const TOKEN = /[{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\[^\u0000-\u001f])*"|-?[0-9][0-9.eE+-]*|true|false|null/y

/** Deeper texts are kept as they are. */
const DEEPEST = 60

/** @returns undefined for what is no JSON, or is written with blanks: `writeJsonTree` could not give it back. */
export function readJsonTree(text: string): JsonTree | undefined {
  const reader = new Reader(text)
  const tree = reader.value(reader.next(), 0)
  return reader.atEnd ? tree : undefined
}

/** The very text that was read. */
export function writeJsonTree(tree: JsonTree): string {
  if (typeof tree === 'string') return tree
  if (!isObjectTree(tree)) return `[${tree.map(writeJsonTree).join(',')}]`
  return `{${tree.keys.map((key, index) => `${key}:${writeJsonTree(tree.values[index] ?? '')}`).join(',')}}`
}

export function isObjectTree(tree: JsonTree): tree is JsonObjectTree {
  return typeof tree === 'object' && 'keys' in tree && 'values' in tree && !Array.isArray(tree)
}

class Reader {
  readonly #text: string
  #at = 0
  #isBroken = false

  constructor(text: string) {
    this.#text = text
  }

  get atEnd(): boolean {
    return !this.#isBroken && this.#at === this.#text.length
  }

  /** The next token; an empty one where there is none, and from then on. */
  next(): string {
    TOKEN.lastIndex = this.#at
    const [token] = this.#isBroken ? [] : (TOKEN.exec(this.#text) ?? [])
    if (token === undefined) return this.#broken('')
    this.#at = TOKEN.lastIndex
    return token
  }

  value(token: string, depth: number): JsonTree {
    if (depth > DEEPEST) return this.#broken('')
    if (token === '{') return this.#object(depth)
    if (token === '[') return this.#list(depth)
    return PUNCTUATION.has(token) ? this.#broken('') : token
  }

  #object(depth: number): JsonTree {
    const keys: string[] = []
    const values: JsonTree[] = []
    let token = this.next()
    if (token === '}') return { keys, values }
    for (;;) {
      if (!token.startsWith('"') || this.next() !== ':') return this.#broken('')
      keys.push(token)
      values.push(this.value(this.next(), depth + 1))
      token = this.next()
      if (token === '}') return { keys, values }
      if (token !== ',') return this.#broken('')
      token = this.next()
    }
  }

  #list(depth: number): JsonTree {
    const list: JsonTree[] = []
    let token = this.next()
    if (token === ']') return list
    for (;;) {
      list.push(this.value(token, depth + 1))
      token = this.next()
      if (token === ']') return list
      if (token !== ',') return this.#broken('')
      token = this.next()
    }
  }

  #broken<T>(instead: T): T {
    this.#isBroken = true
    return instead
  }
}

const PUNCTUATION: ReadonlySet<string> = new Set(['', '}', ']', ':', ','])
