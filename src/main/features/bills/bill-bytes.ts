import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, type Transform } from 'node:stream'
import { crc32, createGunzip, createInflateRaw } from 'node:zlib'
import { BillProblem } from './bill-problem.ts'
import { findZipEntry, type ZipEntry } from './zip-entry.ts'

/** How far a packed bill may grow. A real one grows ten to thirty times; a bomb a thousand times. */
export interface ExpansionLimits {
  readonly maxBytes: number
  readonly maxRatio: number
  /** Below this size the ratio proves nothing: a small bill of equal rows packs very well. */
  readonly ratioFromBytes: number
}

export const EXPANSION_LIMITS: ExpansionLimits = {
  maxBytes: 1024 * 1024 * 1024,
  maxRatio: 100,
  ratioFromBytes: 16 * 1024 * 1024,
}

export interface BillBytes {
  readonly compression: 'none' | 'gzip' | 'zip'
  /** The unpacked file from its beginning; may be asked for more than once. Fails with a BillProblem. */
  chunks(): AsyncIterable<Buffer>
}

/** Sniffs gzip and zip by their first bytes, never by a name, and unpacks one layer. Constant memory. */
export async function openBillBytes(path: string, limits: ExpansionLimits = EXPANSION_LIMITS): Promise<BillBytes> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (size === 0) throw new BillProblem('BILL_UNREADABLE', '对账单文件是空的')
    const compression = sniff(buffer.subarray(0, bytesRead))
    const entry = compression === 'zip' ? await findZipEntry(file, size) : undefined
    const packed = { path, fileBytes: size, limits }
    return {
      compression,
      chunks: () => {
        if (entry !== undefined) return unzipped(packed, entry)
        return compression === 'gzip' ? gunzipped(packed) : bounded(createReadStream(path), packed)
      },
    }
  } finally {
    await file.close()
  }
}

interface Packed {
  readonly path: string
  readonly fileBytes: number
  readonly limits: ExpansionLimits
}

function sniff(head: Buffer): BillBytes['compression'] {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return head.toString('latin1') === 'PK\u0003\u0004' ? 'zip' : 'none'
}

async function* gunzipped(packed: Packed): AsyncGenerator<Buffer> {
  yield* bounded(unpack(createReadStream(packed.path), createGunzip()), packed)
}

async function* unzipped(packed: Packed, entry: ZipEntry): AsyncGenerator<Buffer> {
  const end = entry.start + entry.packedBytes - 1
  const raw = entry.packedBytes === 0 ? Readable.from([]) : createReadStream(packed.path, { start: entry.start, end })
  let checksum = 0
  let bytes = 0
  for await (const chunk of bounded(entry.deflated ? unpack(raw, createInflateRaw()) : raw, packed)) {
    checksum = crc32(chunk, checksum)
    bytes += chunk.length
    yield chunk
  }
  if (checksum !== entry.crc32 || bytes !== entry.bytes) throw new BillProblem('BILL_UNREADABLE', '压缩包已损坏')
}

/** `pipe` hands no error on: without this a disk that fails would leave the unpacker waiting for ever. */
function unpack<T extends Transform>(source: Readable, unpacker: T): T {
  source.on('error', (error) => unpacker.destroy(error))
  unpacker.on('close', () => source.destroy())
  return source.pipe(unpacker)
}

async function* bounded(source: Readable, { fileBytes, limits }: Packed): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length
      const bomb = bytes > limits.ratioFromBytes && bytes > fileBytes * limits.maxRatio
      if (bomb || bytes > limits.maxBytes) {
        throw new BillProblem('BILL_TOO_LARGE', '对账单解压后过大，像是压缩炸弹，没有读取')
      }
      yield chunk
    }
  } catch (error) {
    throw isPackingError(error) ? new BillProblem('BILL_UNREADABLE', '压缩包已损坏') : error
  } finally {
    source.destroy()
  }
}

function isPackingError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}
