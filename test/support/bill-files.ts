import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { tempDir } from './temp-dir.ts'

export interface BillForm {
  readonly encoding: 'utf-8' | 'utf-8 with BOM' | 'gb18030' | 'utf-16le'
  readonly separator: ',' | '\t' | '|'
  readonly quoting: 'none' | 'where needed' | 'always' | 'back-tick' | 'tab behind'
  readonly lineEnd: '\r\n' | '\n'
  readonly compression: 'none' | 'gzip' | 'zip'
}

export const PLAIN_FORM: BillForm = {
  encoding: 'utf-8',
  separator: ',',
  quoting: 'where needed',
  lineEnd: '\r\n',
  compression: 'none',
}

/** A bill as some centre might write it; the first row is the header. */
export function billBytes(rows: readonly (readonly string[])[], form: Partial<BillForm> = {}): Buffer {
  const whole = { ...PLAIN_FORM, ...form }
  const { separator, quoting, lineEnd } = whole
  const lines = rows.map((row, index) =>
    row
      .map((cell) => cellText(cell, separator, index === 0 && quoting === 'back-tick' ? 'none' : quoting))
      .join(separator),
  )
  return packBill(encodeText(`${lines.join(lineEnd)}${lineEnd}`, whole.encoding), whole.compression)
}

export function packBill(bytes: Buffer, compression: BillForm['compression']): Buffer {
  if (compression === 'gzip') return gzipSync(bytes)
  return compression === 'zip' ? zipOf([{ name: 'bill.csv', bytes }]) : bytes
}

/** @returns the path of a file of its own with these bytes. */
export function billFile(bytes: Buffer | string): string {
  const path = join(tempDir(), 'bill.raw')
  writeFileSync(path, bytes)
  return path
}

export function encodeText(text: string, encoding: BillForm['encoding']): Buffer {
  if (encoding === 'gb18030') return encodeGbk(text)
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  return Buffer.from(encoding === 'utf-8' ? text : `\uFEFF${text}`, 'utf8')
}

function cellText(cell: string, separator: string, quoting: BillForm['quoting']): string {
  if (quoting === 'back-tick') return `\`${cell}`
  const quoted = `"${cell.replaceAll('"', '""')}"`
  if (quoting === 'always') return quoted
  if (quoting === 'tab behind') return `${quoted}\t`
  return quoting === 'where needed' && (/["\r\n]/.test(cell) || cell.includes(separator)) ? quoted : cell
}

/** Node decodes GBK and encodes it not: the decoder is turned round. */
function encodeGbk(text: string): Buffer {
  gbk ??= gbkTable()
  const table = gbk
  return Buffer.concat(
    [...text].map((character) => {
      if (character < '\u0080') return Buffer.from(character)
      const bytes = table.get(character)
      if (bytes === undefined) throw new Error(`not in GBK: ${character}`)
      return bytes
    }),
  )
}

let gbk: Map<string, Buffer> | undefined

function gbkTable(): Map<string, Buffer> {
  const table = new Map<string, Buffer>()
  const decoder = new TextDecoder('gbk')
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const bytes = Buffer.from([first, second])
      const character = decoder.decode(bytes)
      if ([...character].length === 1 && character !== '\uFFFD') table.set(character, bytes)
    }
  }
  return table
}

interface ZipFile {
  readonly name: string
  readonly bytes: Buffer
  readonly stored?: boolean
  /** Overrides for broken archives. */
  readonly crc?: number
  readonly flags?: number
}

/** A zip archive as ordinary packers write it. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const packed = file.stored === true ? file.bytes : deflateRawSync(file.bytes)
    const name = Buffer.from(file.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(file.flags ?? 0, 2)
    common.writeUInt16LE(file.stored === true ? 0 : 8, 4)
    common.writeUInt32LE(file.crc ?? crc32(file.bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(file.bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, name]))
    parts.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006'), end])
}
