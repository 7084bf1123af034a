import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBlock, UnreadableFold, writeBlock } from './fold-block.ts'
import { columnsOf, FOLDED_TABLE_NAMES, type FoldedRow, type FoldedRows } from './folded-tables.ts'

/** Everything that a column may hold: JSON as we and others write it, what only looks like it, and marks of the format. */
const jsonText = fc.oneof(
  fc.json(),
  fc.json().map((text) => ` ${text}`),
  fc.array(fc.record({ a: fc.string(), b: fc.double({ noNaN: true }) })).map((list) => JSON.stringify({ list })),
  fc.constantFrom('{"a":1.00,"a":1e5}', '{"a":[{}]}', '[[],{}]', '{"a":}', '{"a":1}}', '"\\u0001"', '{', ''),
  fc.string({ unit: 'binary' }),
)
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u0001', '\u0002', '\u001b', 'a\nb', '\u001bj'))
const whole = fc.integer({ min: -1, max: 2 ** 45 })

const rowOf = (columns: readonly (readonly [string, string])[]) =>
  fc.record(
    Object.fromEntries(
      columns.map(([name, kind]) => {
        const cell = kind === 'json' ? jsonText : kind === 'text' ? text : whole
        return [name, fc.option(cell as fc.Arbitrary<string | number>)]
      }),
    ),
  ) as fc.Arbitrary<FoldedRow>

const rows = fc.record(
  Object.fromEntries(FOLDED_TABLE_NAMES.map((table) => [table, fc.array(rowOf(columnsOf(table)), { maxLength: 3 })])),
) as fc.Arbitrary<FoldedRows>
const orderNumber = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/), fc.constantFrom('0', '1', 'j', 'MZ1'))

/** What SQLite stores of a text: no half of a letter. */
const isStorable = (folded: FoldedRows) => JSON.stringify(folded) === JSON.stringify(folded).toWellFormed()

describe('the block of a folded order', () => {
  it('gives back every row as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(orderNumber, rows.filter(isStorable), (medOrgOrd, folded) => {
        const block = writeBlock(medOrgOrd, folded)
        expect(block).toBeDefined()
        if (block !== undefined) expect(readBlock(medOrgOrd, block)).toEqual(folded)
      }),
      { numRuns: 150 },
    )
  })

  it('is not read when one bit of it is another', () => {
    const block = writeBlock('MZ1', oneCharge('{"a":"b","list":[{"x":1},{"x":2}]}')) ?? Buffer.alloc(0)
    for (let bit = 0; bit < block.length * 8; bit += 1) {
      const broken = Buffer.from(block)
      broken.writeUInt8(broken.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      // Bits that fill the last byte say nothing: what is read is then the same.
      expect(outcomeOf('MZ1', broken)).toBeOneOf(['unreadable', outcomeOf('MZ1', block)])
    }
    expect(outcomeOf('MZ1', block)).not.toBe('unreadable')
  })

  it('is not read as another order, as half of itself, or as one of a later version', () => {
    const block = writeBlock('MZ1', oneCharge('{"a":1}')) ?? Buffer.alloc(0)
    const later = Buffer.from(block)
    later.writeUInt8(3)
    for (const [medOrgOrd, bytes] of [
      ['MZ2', block],
      ['MZ1', block.subarray(0, -2)],
      ['MZ1', later],
      ['MZ1', Buffer.alloc(0)],
    ] as const) {
      expect(outcomeOf(medOrgOrd, bytes)).toBe('unreadable')
    }
  })

  it('is none for a number that would be taken for a mark', () => {
    expect(writeBlock('\u0002', oneCharge('{}'))).toBeUndefined()
    expect(writeBlock('', oneCharge('{}'))).toBeUndefined()
  })

  /** The first block ever written. Whatever is changed later, this one is in the hospitals' databases. */
  it('of version 1 is read for ever', () => {
    const detail = '{"medOrgOrd":"MZ1","feedetailList":[{"cnt":"1.0000"},{"cnt":"2.0000"}],"prePaidBalc":"0.00"}'
    expect(readBlock('MZ1', Buffer.from(FIRST_BLOCK, 'base64'))).toEqual(oneCharge(detail))
  })

  it('of version 1 has results that hold all that they tell, and name no callback', () => {
    const [result, ...others] = readBlock('MZ1', Buffer.from(RESULT_OF_VERSION_1, 'base64')).outbox
    expect(others).toEqual([])
    expect(result).toMatchObject({
      ...{ id: 7, result_type: 'settlement', taken_at_ms: 1_700_000_000_500, callback_id: null },
      body: '{"resultType":"settlement","extData":{"a":1.00}}',
    })
  })
})

const RESULT_OF_VERSION_1 =
  'ASz9eC0zUIBA0PpEQ2gXy8gSdG6mAWglYbRSjBKkqxlSWZAao6Sko1Qdo5RaUeKSWJIYo6QUqwNSAWbFcpmDQhs0imakC4pRXdDYgS5oRZou8lA3vhF9ZI4huBwwR9YJgqYGBgA='
const FIRST_BLOCK =
  'Ab3gFacD974sQf0nQ3BHCgq5oqOVYpRyU1P8i9L9i1JilJR0lKJjlNJA3gOFj09mcQlYMEapoCg1IDEzxSkxJzlGSSlWB6QxOQ8kG4s4jw10Kwz4tMsISL/KEGM9FKRzArlGBgoA'

function oneCharge(detail: string): FoldedRows {
  const charge = [{ id_no: '99010119900101001X', detail_json: detail, fetched_at_ms: 1_700_000_000_000 }]
  return { charge, folder_charge: [], exchange: [], callback: [], outbox: [], operation: [], timeline: [] }
}

function outcomeOf(medOrgOrd: string, block: Buffer): string {
  try {
    return JSON.stringify(readBlock(medOrgOrd, block))
  } catch (error) {
    if (error instanceof UnreadableFold) return 'unreadable'
    throw error
  }
}
