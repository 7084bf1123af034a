import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { type JournalRecord, journalRecordSchema } from './journal-record.ts'

/** Writes and reads the lines of the journal's copy. */
export interface LineCodec {
  /** The bytes of one line, with its end. */
  write(record: JournalRecord): Buffer
  /** `undefined` for a line that was torn by a power cut, damaged, or sealed with another key. */
  read(line: string): JournalRecord | undefined
}

/** Sealed line by line where the database has a key; with a checksum where it has none. */
export function lineCodec(key: Buffer | undefined): LineCodec {
  const frame = key === undefined ? CHECKED : sealed(key)
  return {
    write: (record) => frame.wrap(Buffer.from(JSON.stringify(record))),
    read(line) {
      const text = frame.unwrap(line)
      if (text === undefined) return undefined
      const read = journalRecordSchema.safeParse(parse(text))
      return read.success ? read.data : undefined
    },
  }
}

interface Frame {
  wrap(text: Buffer): Buffer
  unwrap(line: string): string | undefined
}

/** `{"sum":"<crc32>","record":{…}}`; the sum is of the record's own text. */
const CHECKED: Frame = {
  wrap: (text) => Buffer.concat([Buffer.from(head(text)), text, CHECKED_END]),
  unwrap(line) {
    const text = line.slice(HEAD_LENGTH, -1)
    return line === `${head(text)}${text}}` ? text : undefined
  },
}

const CHECKED_END = Buffer.from('}\n')

/** @param text as bytes where they are at hand: the sum is of these. */
function head(text: string | Buffer): string {
  return `{"sum":"${crc32(text).toString(16).padStart(8, '0')}","record":`
}

const HEAD_LENGTH = head('').length

const IV_BYTES = 12
const TAG_BYTES = 16
const sealedLineSchema = z.object({ sealed: z.base64() })

/** AES-256-GCM with a key of its own, derived from the database's; what opens is what was written. */
function sealed(storeKey: Buffer): Frame {
  const key = Buffer.from(hkdfSync('sha256', storeKey, '', 'medins-cashier journal copy', 32))
  return {
    wrap(text) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(text), cipher.final()])
      const line = { sealed: Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64') }
      return Buffer.from(`${JSON.stringify(line)}\n`)
    },
    unwrap(line) {
      const read = sealedLineSchema.safeParse(parse(line))
      return read.success ? open(key, Buffer.from(read.data.sealed, 'base64')) : undefined
    },
  }
}

function open(key: Buffer, bytes: Buffer): string | undefined {
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    // Another key or a damaged line: it proves nothing, and the reader counts it.
    return undefined
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A torn line is what a power cut leaves; the reader counts it.
    return undefined
  }
}
