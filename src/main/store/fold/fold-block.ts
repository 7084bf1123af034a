import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { DICTIONARY_1 } from './dictionary-1.ts'
import { FOLD_FORMS, VERSION } from './fold-forms.ts'
import { readFoldText, writeFoldText } from './fold-text.ts'
import { columnsOf, FOLDED_TABLE_NAMES, type FoldedRows } from './folded-tables.ts'

/** The block of an order cannot be read: its bytes changed, or it was written by a newer program. */
export class UnreadableFold extends Error {
  override readonly name = 'UnreadableFold'
  /** For the window and hospital IT. */
  readonly words = '这笔订单较早的记录读不出来，本笔不能再办理。请勿删除数据库，通知信息科按运维手册从备份核对'
}

/** For what must go on whatever became of one order: `otherwise` where its block cannot be read. */
export function whereReadable<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnreadableFold) return otherwise
    throw error
  }
}

/**
 * A block is: the version, one byte, which names shapes and columns (`fold-forms.ts`); the CRC-32 of order number and text, four
 * bytes, big-endian; the text (`fold-text.ts`) in UTF-8 as raw deflate with the dictionary. Both are
 * in every Node and every zlib, so a block can be read in ten years without this program (docs/decisions/0007).
 */
const HEAD = 5
/** Far more than any order: what is larger stays as it is. Guards the reader against a block that never ends. */
const LARGEST_TEXT = 16 * 1024 * 1024

/** @returns undefined for rows that a block cannot hold; they stay rows. */
export function writeBlock(medOrgOrd: string, rows: FoldedRows): Buffer | undefined {
  const text = writeFoldText(medOrgOrd, rows, formOf(VERSION))
  if (text === undefined) return undefined
  const bytes = Buffer.from(text)
  if (bytes.length > LARGEST_TEXT) return undefined
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(VERSION)
  head.writeUInt32BE(checksum(medOrgOrd, bytes), 1)
  return Buffer.concat([head, deflateRawSync(bytes, { level: 9, memLevel: 9, dictionary: DICTIONARY_1 })])
}

/** @throws UnreadableFold */
export function readBlock(medOrgOrd: string, block: Buffer): FoldedRows {
  try {
    const version = block.readUInt8()
    const form = formOf(version)
    const bytes = inflateRawSync(block.subarray(HEAD), { dictionary: DICTIONARY_1, maxOutputLength: LARGEST_TEXT })
    if (checksum(medOrgOrd, bytes) !== block.readUInt32BE(1)) throw new RangeError('a block with another checksum')
    const rows = readFoldText(medOrgOrd, bytes.toString(), form)
    return version === VERSION ? rows : withLaterColumns(rows)
  } catch (error) {
    // Whatever was met, zlib's own errors included, says the same of this one order.
    throw new UnreadableFold('a folded order cannot be read', { cause: error })
  }
}

function formOf(version: number) {
  const form = FOLD_FORMS.get(version)
  if (form === undefined) throw new RangeError('a block of a version that is not known')
  return form
}

/** Columns that came after this block are null in its rows. */
function withLaterColumns(rows: FoldedRows): FoldedRows {
  const tables = FOLDED_TABLE_NAMES.map((table) => {
    const blank = Object.fromEntries(columnsOf(table).map(([name]) => [name, null]))
    return [table, rows[table].map((row) => ({ ...blank, ...row }))]
  })
  // Object.fromEntries forgets which names it was given.
  return Object.fromEntries(tables) as FoldedRows
}

function checksum(medOrgOrd: string, bytes: Buffer): number {
  return crc32(bytes, crc32(medOrgOrd))
}
