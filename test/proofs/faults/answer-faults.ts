import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { httpAnswer } from '#test/support/raw-server.ts'
import type { Call, Ending } from './calls.ts'
import { answerHonestly, type HonestAnswer, type Play } from './raw-centre.ts'

/** One fault of the table: what happens after a whole request has arrived, and how the call must end. */
export interface AnswerFault {
  readonly name: string
  readonly play: Play
  readonly ends: Ending
  /** Why this and no other ending is right. */
  readonly because: string
  /** Absent: every call. */
  readonly calls?: readonly Call[]
}

const MAY_HAVE_ACTED = 'the request arrived whole, and nothing that came back proves what was done'
const NOT_THIS_INTERFACE = 'something answered, but not this interface: what stands behind it may have acted'

/** @param elsewhere where a redirect leads; nobody may come there. */
export function answerFaults(elsewhere: string): readonly AnswerFault[] {
  return [...connectionFaults(), ...lengthFaults(), ...bodyFaults(), ...statusFaults(elsewhere), ...codeForms()]
}

function connectionFaults(): readonly AnswerFault[] {
  return [
    unknown('never answers', () => undefined),
    unknown('reset after the request', (socket) => socket.resetAndDestroy()),
    unknown('closed without an answer', (socket) => void socket.end()),
    unknown('half the answer, then reset', (socket, { bytes }) => {
      socket.write(half(bytes), () => socket.resetAndDestroy())
    }),
    unknown('half the answer, then silence', (socket, { bytes }) => void socket.write(half(bytes))),
    unknown('one byte a second', drip),
    unknown('100 Continue, then silence', (socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n')),
    unknown('a head that never ends', (socket) => void socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')),
    unknown('a head of 1 MB', (socket) => void socket.end(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(1024 * 1024)}\r\n`)),
  ]
}

function lengthFaults(): readonly AnswerFault[] {
  const told = (length: number) => (honest: HonestAnswer) =>
    honest.bytes.toString('utf8').replace(/Content-Length: \d+/, `Content-Length: ${length}`)
  const longer = told(9_999)
  const shorter = told(20)
  return [
    unknown('a longer content-length, then closed', (socket, honest) => void socket.end(longer(honest))),
    unknown('a longer content-length, then silence', (socket, honest) => void socket.write(longer(honest))),
    unknown('a shorter content-length', (socket, honest) => void socket.end(shorter(honest))),
    unknown('a chunk that breaks off', (socket, { body }) => {
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n${body}`)
    }),
    unknown('20 MB', (socket) => void socket.end(httpAnswer(200, Buffer.alloc(20 * 1024 * 1024, 0x20)))),
  ]
}

function bodyFaults(): readonly AnswerFault[] {
  const packed = ['Content-Encoding: gzip']
  const bomb = httpAnswer(200, gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), packed)
  const gbk = Buffer.concat([Buffer.from('{"code":1,"message":"'), Buffer.from([0xb3, 0xc9, 0xb9, 0xa6, 0x22, 0x7d])])
  return [
    unknown('a gzip bomb', (socket) => void socket.end(bomb)),
    unknown('a gzip that breaks off', (socket, { body }) => {
      const whole = gzipSync(body)
      socket.end(httpAnswer(200, whole.subarray(0, whole.length - 12), packed))
    }),
    unknown('no gzip where gzip is told', (socket, { body }) => void socket.end(httpAnswer(200, body, packed))),
    unknown(
      'GBK bytes',
      (socket) => void socket.end(httpAnswer(200, gbk, ['Content-Type: application/json;charset=GBK'])),
    ),
    unknown('no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')),
    unknown('an HTML page with 200', (socket) => {
      socket.end(httpAnswer(200, '<html><h1>网关繁忙</h1></html>', ['Content-Type: text/html']))
    }),
    unknown('an empty body with 200', (socket) => void socket.end(httpAnswer(200, ''))),
    unknown('JSON that breaks off', (socket, { body }) => void socket.end(httpAnswer(200, body.slice(0, -2)))),
    {
      name: 'the answer of another order',
      play: (socket, { body }) => void socket.end(httpAnswer(200, aboutAnother(body))),
      ends: 'unknown',
      because: 'it proves something of another order, and nothing of this one',
      // A notice is about a person, and its answer names none.
      calls: ['query', 'upload', 'revoke', 'refund'],
    },
    {
      name: 'a refusal of another order',
      play: (socket, { body }) => void socket.end(httpAnswer(200, aboutAnother(body).replace('"code":1', '"code":7'))),
      ends: 'unknown',
      because: 'another order was refused, not this one',
      calls: ['query', 'upload', 'revoke', 'refund'],
    },
  ]
}

function statusFaults(elsewhere: string): readonly AnswerFault[] {
  const lead = [`Location: ${elsewhere}`]
  const withSuccess = [302, 307, 408, 500, 502, 503, 504].map((status) =>
    because(
      NOT_THIS_INTERFACE,
      unknown(`HTTP ${status} around a success`, (socket, { body }) => {
        socket.end(httpAnswer(status, body, status < 400 ? lead : []))
      }),
    ),
  )
  return [
    ...withSuccess,
    because(
      NOT_THIS_INTERFACE,
      unknown('HTTP 401 with a page', (socket) => {
        socket.end(httpAnswer(401, '<html>登录</html>'))
      }),
    ),
    because(
      NOT_THIS_INTERFACE,
      unknown('HTTP 204', (socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n')),
    ),
    because(
      NOT_THIS_INTERFACE,
      unknown('a refusal inside HTTP 502', (socket) => {
        socket.end(httpAnswer(502, '{"code":7,"message":"不受理"}'))
      }),
    ),
    refused('a refusal inside HTTP 400', (socket) => void socket.end(httpAnswer(400, '{"code":7,"message":"不受理"}'))),
  ]
}

/** Quirk Q1: 1 and "1" are success and nothing else; a whole number that is not 1 is a refusal; the rest is neither. */
function codeForms(): readonly AnswerFault[] {
  const says =
    (code: string): Play =>
    (socket, { body }) => {
      socket.end(httpAnswer(200, body.replace('"code":1', code)))
    }
  const neither = ['1.0', '1e0', '"01"', '" 1"', '"1 "', 'true', '"true"', 'null', '"success"', '[1]', '{"v":1}', '""']
  return [
    succeeded('code 1', answerHonestly),
    succeeded('code "1"', says('"code":"1"')),
    refused('code 0', says('"code":0')),
    refused('code "-1"', says('"code":"-1"')),
    ...neither.map((form) =>
      because(
        'neither success nor refusal: calling it either could pay twice',
        unknown(`code ${form}`, says(`"code":${form}`)),
      ),
    ),
    because('no code at all', unknown('code missing', says('"codex":1'))),
    because(
      'success is denied beside code 1 (Q3)',
      refused('code 1 beside success false', (socket, { body }) => {
        socket.end(httpAnswer(200, JSON.stringify({ ...JSON.parse(body), success: 'false' })))
      }),
    ),
  ]
}

function unknown(name: string, play: Play): AnswerFault {
  return { name, play, ends: 'unknown', because: MAY_HAVE_ACTED }
}

function refused(name: string, play: Play): AnswerFault {
  return { name, play, ends: 'refused', because: 'a whole answer about this request says no' }
}

function succeeded(name: string, play: Play): AnswerFault {
  return { name, play, ends: 'succeeded', because: 'control: a whole answer about this request says yes' }
}

function because(why: string, fault: AnswerFault): AnswerFault {
  return { ...fault, because: why }
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

function drip(socket: Socket, { bytes }: HonestAnswer): void {
  let at = 0
  const timer = setInterval(() => {
    if (at >= bytes.length || !socket.writable) clearInterval(timer)
    else socket.write(bytes.subarray(at, ++at))
  }, 1000)
  socket.on('close', () => clearInterval(timer))
}

/** Under another hospital order number, and without the centre's own. */
function aboutAnother(body: string): string {
  const { data = {}, ...rest } = JSON.parse(body) as { data?: object }
  return JSON.stringify({ ...rest, data: { ...data, payOrdId: undefined, medOrgOrd: 'MZ20260101999999' } })
}
