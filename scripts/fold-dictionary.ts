import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { type Shape, writeFoldText } from '#main/store/fold/fold-text.ts'
import { COLUMNS_2 } from '#main/store/fold/folded-tables.ts'
import { Folds } from '#main/store/fold/folds.ts'
import { openDb } from '#main/store/open.ts'
import { generateStore } from '../bench/orders/generate.ts'

/**
 * Made the dictionary of blocks of version 1, out of invented orders only (another seed than any measurement's). It is
 * frozen like a migration: blocks in the hospitals are read with it. Kept so that a second one can be made like it:
 *
 *     node scripts/fold-dictionary.ts FILE
 */
const ORDERS = 3_000
const SEED = 990_001
/** Raw deflate looks back so far. */
const WINDOW = 32_768
/** What fewer orders have than this is no habit. */
const OFTEN = 5
const LINE = 100
const SAMPLES = 3
const CANDIDATES = 40

interface Learnt {
  readonly shapes: readonly Shape[]
  readonly text: Buffer
}

function learn(database: string): Learnt {
  const opened = openDb({ path: database })
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  const folds = new Folds(db)
  const numbers = db.prepare<[], string>('SELECT med_org_ord FROM orders ORDER BY created_at_ms').pluck().all()
  const texts = (shapes: readonly Shape[]) =>
    numbers.map((number) => writeFoldText(number, folds.rowsToFold(number), { columns: COLUMNS_2, shapes }) ?? '')
  const shapes = often(texts([]).map(unknownShapes)).map((shape) => (shape === '' ? [] : shape.split('\n')))
  const told = texts(shapes)
  const values = often(told.map((text) => text.split('\n').slice(2))).filter((value) => value.length > 3)
  db.close()
  return { shapes, text: fill(values.join('\n'), told) }
}

function unknownShapes(text: string): readonly string[] {
  const [, shapes = '[]'] = text.split('\n')
  return z
    .array(z.array(z.string()))
    .parse(JSON.parse(shapes))
    .map((shape) => shape.join('\n'))
}

/** What many of them have; what saves most stands last, where looking back costs least. */
function often(lists: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const list of lists) for (const one of new Set(list)) counts.set(one, (counts.get(one) ?? 0) + 1)
  const worth = ([one, count]: readonly [string, number]) => one.length * count
  return [...counts]
    .filter(([, count]) => count >= OFTEN)
    .toSorted((left, right) => worth(left) - worth(right))
    .map(([one]) => one)
}

/** The values that come often, and behind them the orders that help the others most. */
function fill(values: string, texts: readonly string[]): Buffer {
  const some = texts.filter((_, index) => index % 20 === 0).map((text) => Buffer.from(text))
  let best: Buffer = Buffer.from(values)
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const tries = some.slice(0, CANDIDATES).map((one) => {
      const dictionary = Buffer.concat([best, Buffer.from('\n'), one]).subarray(-WINDOW)
      const bytes = some.reduce((sum, text) => sum + deflateRawSync(text, { level: 9, dictionary }).length, 0)
      return { dictionary, bytes }
    })
    const winner = tries.toSorted((left, right) => left.bytes - right.bytes)[0]
    if (winner !== undefined) best = winner.dictionary
    process.stderr.write(
      `${Math.round((winner?.bytes ?? 0) / some.length)} B an order, ${best.length} B of dictionary\n`,
    )
  }
  return best
}

function sourceOf({ shapes, text }: Learnt): string {
  const packed = deflateRawSync(JSON.stringify({ shapes, text: text.toString('latin1') }), { level: 9 }).toString(
    'base64',
  )
  const lines = packed.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return `${HEAD}${lines.map((line) => `  ${line}\n`).join('')}${TAIL}`
}

const HEAD = `import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'

/**
 * The dictionary of blocks of version 1: how the objects of the messages are built, and what often stands in them, out of
 * invented orders. Frozen like a migration: without this very text no block of version 1 can be read. Made by
 * \`scripts/fold-dictionary.ts\`; raw deflate of JSON, in base64.
 */
const PACKED = \`
`
const TAIL = `\`

const read = z
  .object({ shapes: z.array(z.array(z.string())), text: z.string() })
  .parse(JSON.parse(inflateRawSync(Buffer.from(PACKED, 'base64')).toString()))

export const SHAPES_1: readonly (readonly string[])[] = read.shapes
/** Bytes, as deflate looks back at them. */
export const DICTIONARY_1 = Buffer.from(read.text, 'latin1')
`

const [file] = process.argv.slice(2)
if (file === undefined) throw new RangeError('node scripts/fold-dictionary.ts FILE')

const path = join(tmpdir(), `fold-dictionary-${process.pid}.db`)
try {
  generateStore(path, { orders: ORDERS, seed: SEED }, () => undefined, { fold: false })
  writeFileSync(file, sourceOf(learn(path)))
} finally {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true })
}
