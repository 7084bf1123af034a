import type { FileHandle } from 'node:fs/promises'
import { BillProblem } from './bill-problem.ts'

/** Where the one file of an archive lies, and what it must be when it is unpacked. */
export interface ZipEntry {
  readonly start: number
  readonly packedBytes: number
  readonly bytes: number
  readonly deflated: boolean
  readonly crc32: number
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
const LONGEST_COMMENT = 0xffff
const ENCRYPTED = 1

/**
 * Finds the only entry of a zip archive by its central directory; names are not looked at, nothing is written by them.
 * @throws BillProblem for more files than one, a password, zip64 or another method than stored and deflated.
 */
export async function findZipEntry(file: FileHandle, fileBytes: number): Promise<ZipEntry> {
  const end = await findEnd(file, fileBytes)
  const entries = end.readUInt16LE(10)
  if (entries !== 1) {
    throw new BillProblem('BILL_UNREADABLE', `压缩包里应当只有一个文件，实际有 ${entries} 个`)
  }
  const central = await readAt(file, end.readUInt32LE(16), CENTRAL_BYTES)
  if (central.readUInt32LE(0) !== CENTRAL_SIGNATURE) throw broken()
  const flags = central.readUInt16LE(8)
  if ((flags & ENCRYPTED) !== 0) throw new BillProblem('BILL_UNREADABLE', '压缩包有密码')
  const method = central.readUInt16LE(10)
  if (method !== 0 && method !== 8) throw new BillProblem('BILL_UNREADABLE', `压缩包用了不认识的压缩方法 ${method}`)
  const packedBytes = central.readUInt32LE(20)
  const start = await findData(file, central.readUInt32LE(42))
  if (start + packedBytes > fileBytes) throw broken()
  return {
    start,
    packedBytes,
    bytes: central.readUInt32LE(24),
    deflated: method === 8,
    crc32: central.readUInt32LE(16),
  }
}

async function findEnd(file: FileHandle, fileBytes: number): Promise<Buffer> {
  const length = Math.min(fileBytes, END_BYTES + LONGEST_COMMENT)
  if (length < END_BYTES) throw broken()
  const tail = await readAt(file, fileBytes - length, length)
  for (let at = length - END_BYTES; at >= 0; at -= 1) {
    const closes = tail.readUInt32LE(at) === END_SIGNATURE && at + END_BYTES + tail.readUInt16LE(at + 20) === length
    if (closes) return tail.subarray(at, at + END_BYTES)
  }
  throw broken()
}

/** The local header repeats the name and has extra fields of its own length. */
async function findData(file: FileHandle, headerAt: number): Promise<number> {
  const local = await readAt(file, headerAt, LOCAL_BYTES)
  if (local.readUInt32LE(0) !== LOCAL_SIGNATURE) throw broken()
  return headerAt + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw broken()
  return buffer
}

function broken(): BillProblem {
  return new BillProblem('BILL_UNREADABLE', '压缩包已损坏')
}
