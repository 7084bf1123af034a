import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { DICTIONARY_1 } from '#main/store/fold/dictionary-1.ts'
import { readBlock, writeBlock } from '#main/store/fold/fold-block.ts'
import { FOLD_FORMS } from '#main/store/fold/fold-forms.ts'
import { writeFoldText } from '#main/store/fold/fold-text.ts'
import type { FoldedRows } from '#main/store/fold/folded-tables.ts'
import { connect } from '#main/store/open.ts'
import type { Figure, Measurement } from '../lib/measurement.ts'
import { compare } from '../lib/statistics.ts'

const ORDERS = 500
const ZSTD_9 = { params: { [constants.ZSTD_c_compressionLevel]: 9 }, dictionary: DICTIONARY_1 }

/** The codec of folded orders beside others, on the same orders: bytes, and microseconds both ways. */
export const fold: Measurement = {
  name: 'fold',
  what: 'bytes and microseconds of a folded order, beside other codecs',
  async run({ storeOf, short }) {
    const samples = readSamples(storeOf())
    return [...bytesOf(samples), ...timesOf(samples, short ? 3 : 9)]
  },
}

interface Sample {
  readonly medOrgOrd: string
  readonly rows: FoldedRows
  readonly block: Buffer
  /** What stands in the block, and the same rows as anybody would write them. */
  readonly text: Buffer
  readonly json: Buffer
}

function readSamples(path: string): readonly Sample[] {
  const db = connect({ path }, { readonly: true })
  const folded = db.prepare<[], { medOrgOrd: string; block: Buffer }>(
    `SELECT med_org_ord AS medOrgOrd, block FROM orders JOIN fold ON fold.id = fold_id
     WHERE pay_ord_id IS NOT NULL
     ORDER BY substr(pay_ord_id, -3), med_org_ord LIMIT ${ORDERS}`,
  )
  const samples = folded.all().map(({ medOrgOrd, block }) => sampleOf(medOrgOrd, readBlock(medOrgOrd, block), block))
  db.close()
  return samples
}

function sampleOf(medOrgOrd: string, rows: FoldedRows, block: Buffer): Sample {
  const form = FOLD_FORMS.get(block.readUInt8())
  const text = Buffer.from((form && writeFoldText(medOrgOrd, rows, form)) ?? '')
  return { medOrgOrd, rows, block, text, json: Buffer.from(JSON.stringify(rows)) }
}

function bytesOf(samples: readonly Sample[]): readonly Figure[] {
  const mean = (bytes: (sample: Sample) => Buffer | undefined) =>
    samples.reduce((sum, sample) => sum + (bytes(sample)?.length ?? 0), 0) / samples.length
  const block = mean(({ block }) => block)
  const figure = (what: string, measured: number, than: string, value: number, atMost: number): Figure => ({
    ...{ what, measured, unit: 'B', reference: { what: than, value } },
    budget: { of: 'ratio', atMost },
  })
  const deflated = mean(({ json }) => deflateRawSync(json, { level: 9 }))
  const known = mean(({ json }) => deflateRawSync(json, { level: 9, dictionary: DICTIONARY_1 }))
  const zstd = mean(({ text }) => zstdCompressSync(text, ZSTD_9))
  const foreign = mean(({ medOrgOrd, rows }) => writeBlock(medOrgOrd, inOtherWords(rows)))
  return [
    figure('block of an order', block, 'deflate of its rows as JSON', deflated, 0.5),
    figure('block of an order', block, 'the same with the dictionary', known, 0.8),
    figure('block of an order', block, 'zstd 9 of its text, same dictionary', zstd, 1.2),
    figure('block of an order whose Chinese words are all unknown', foreign, 'known', block, 1.6),
  ]
}

/** A hospital whose names, departments and drugs no dictionary has seen. */
function inOtherWords(rows: FoldedRows): FoldedRows {
  const other = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 7)
  return JSON.parse(JSON.stringify(rows).replace(/[\u4e00-\u9f00]/g, other)) as FoldedRows
}

function timesOf(samples: readonly Sample[], rounds: number): readonly Figure[] {
  const deflated = samples.map(({ json }) => deflateRawSync(json, { level: 9 }))
  const zstd = samples.map(({ text }) => zstdCompressSync(text, ZSTD_9))
  const beside = (
    what: string,
    than: string,
    atMost: number,
    ours: (sample: Sample) => unknown,
    theirs: (call: number) => unknown,
  ): Figure => {
    const run = (call: number) => ours(samples[call] ?? fail())
    const { measured, reference } = compare({ rounds, calls: samples.length }, run, theirs)
    return {
      ...{ what, measured: measured * 1000, unit: 'µs', reference: { what: than, value: reference * 1000 } },
      budget: { of: 'ratio', atMost },
    }
  }
  const reading = ({ medOrgOrd, block }: Sample) => readBlock(medOrgOrd, block)
  const writing = ({ medOrgOrd, rows }: Sample) => writeBlock(medOrgOrd, rows)
  return [
    beside('reading a block', 'inflate of its rows as JSON', 20, reading, (call) =>
      inflateRawSync(deflated[call] ?? fail()),
    ),
    beside('reading a block', 'zstd of its text alone', 15, reading, (call) =>
      zstdDecompressSync(zstd[call] ?? fail(), { dictionary: DICTIONARY_1 }),
    ),
    beside('writing a block', 'deflate of its rows as JSON', 8, writing, (call) =>
      deflateRawSync(samples[call]?.json ?? fail(), { level: 9 }),
    ),
  ]
}

function fail(): never {
  throw new RangeError('no such sample')
}
