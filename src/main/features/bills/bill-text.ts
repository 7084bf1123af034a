import type { BillBytes } from './bill-bytes.ts'
import { BillProblem } from './bill-problem.ts'

export type BillEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** How much of a bill is looked at to find its header. */
const HEAD_BYTES = 64 * 1024

export interface BillHead {
  readonly bytes: Buffer
  /** Of the whole bill, unpacked. */
  readonly bytesInAll: number
  /** In the order in which they are to be tried; the first under which the header is found is the file's. */
  readonly encodings: readonly [BillEncoding, ...BillEncoding[]]
}

/**
 * Reads the whole bill once to know its encoding: by its byte order mark, else UTF-8 where every byte of the file is
 * UTF-8, else GB18030 (of which GBK is a part). A UTF-8 file with a broken character somewhere stays readable: UTF-8 is
 * tried again after GB18030 has found no header.
 */
export async function readBillHead(bill: BillBytes): Promise<BillHead> {
  const head: Buffer[] = []
  let headBytes = 0
  let bytesInAll = 0
  let utf8 = true
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bill.chunks()) {
    if (headBytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - headBytes))
    headBytes = Math.min(HEAD_BYTES, headBytes + chunk.length)
    bytesInAll += chunk.length
    utf8 &&= decodes(decoder, chunk)
  }
  // A character that the end of the file cuts in two is no reason to take it for GBK.
  const bytes = Buffer.concat(head)
  refuseOtherThings(bytes)
  return { bytes, bytesInAll, encodings: encodingsOf(bytes, utf8) }
}

/** A piece of the bill's text. */
export interface BillPiece {
  readonly text: string
  /** Of the unpacked bill, with this piece. */
  readonly bytesRead: number
}

/** Text of the whole bill, its byte order mark left out. What cannot be decoded stands there as U+FFFD. */
export async function* billText(bill: BillBytes, encoding: BillEncoding): AsyncGenerator<BillPiece> {
  const decoder = new TextDecoder(encoding)
  let bytesRead = 0
  for await (const chunk of bill.chunks()) {
    bytesRead += chunk.length
    yield { text: decoder.decode(chunk, { stream: true }), bytesRead }
  }
  yield { text: decoder.decode(), bytesRead }
}

function encodingsOf(head: Buffer, utf8: boolean): BillHead['encodings'] {
  if (head[0] === 0xff && head[1] === 0xfe) return ['utf-16le']
  if (head[0] === 0xfe && head[1] === 0xff) return ['utf-16be']
  return utf8 ? ['utf-8'] : ['gb18030', 'utf-8']
}

/** A login page or an error message is no bill, and says so better than "no header found". */
function refuseOtherThings(head: Buffer): void {
  const start = head
    .toString('latin1', 0, 512)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (/^<(!doctype|html|\?xml)/i.test(start)) throw new BillProblem('BILL_UNREADABLE', '下载到的是网页，不是对账单')
  if (/^\{\s*"/.test(start)) throw new BillProblem('BILL_UNREADABLE', '下载到的是 JSON 消息，不是对账单')
  if (start.startsWith('\u001f\u008b') || start.startsWith('PK\u0003\u0004'))
    throw new BillProblem('BILL_UNREADABLE', '对账单压缩了两层，只支持一层')
}

function decodes(decoder: TextDecoder, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true })
    return true
  } catch {
    // The decoder has no other way to say that this is not UTF-8.
    return false
  }
}
