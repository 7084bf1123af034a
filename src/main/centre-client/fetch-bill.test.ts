import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { httpAnswer, type RawAnswer, startRawServer } from '#test/support/raw-server.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { type BillFetcherSettings, createBillFetcher } from './fetch-bill.ts'

const ALLOWED = { allowHttp: true, allowedHosts: ['127.0.0.1'], timeoutMs: 5_000 }

async function fetchFrom(answer: RawAnswer, settings: Partial<BillFetcherSettings> = {}, toFile?: string) {
  const server = await startRawServer(answer)
  const fetcher = createBillFetcher({ ...ALLOWED, ...settings })
  onTestFinished(async () => {
    fetcher.close()
    await server.close()
  })
  const file = toFile ?? join(tempDir(), 'bill.part')
  const fetched = await fetcher.fetch(`${server.url}/bill/1?t=secret`, file)
  const named = fetched.ok ? 'saved' : `${fetched.error.code}: ${fetched.error.message}`
  return { fetched, named, file, server, fetcher }
}

const say = (bytes: Buffer) => (socket: Socket) => void socket.end(bytes)
const BILL = Buffer.from('订单号,金额\r\nP1,1.00\r\n')

describe('fetching a bill', () => {
  it('keeps the bytes as they came, with their hash, readable by this user only', async () => {
    const { fetched, file, server } = await fetchFrom(say(httpAnswer(200, BILL)))
    expect(fetched).toEqual({
      ok: true,
      value: { bytes: BILL.length, sha256: createHash('sha256').update(BILL).digest('hex') },
    })
    expect(readFileSync(file)).toEqual(BILL)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(server.requests[0]).toMatch(/^GET \/bill\/1\?t=secret HTTP\/1\.1\r\n/)
    expect(server.requests[0]).not.toMatch(/authorization|cookie/i)
  })

  it('keeps what is sent packed as it came', async () => {
    const packed = gzipSync(BILL)
    const { file } = await fetchFrom(say(httpAnswer(200, packed, ['Content-Encoding: gzip'])))
    expect(readFileSync(file)).toEqual(packed)
  })

  it('does not follow a redirect, not even to itself', async () => {
    const { named, server, file } = await fetchFrom((socket) => {
      socket.end(httpAnswer(302, '', [`Location: http://127.0.0.1:${socket.localPort}/other`]))
    })
    expect(named).toBe('BILL_BLOCKED: 下载地址要求转到别处（HTTP 302），没有跟随')
    expect(server.requests).toHaveLength(1)
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    [404, 'CENTRE_REFUSED'],
    [503, 'CENTRE_UNREACHABLE'],
  ])('HTTP %d is %s', async (status, code) => {
    expect((await fetchFrom(say(httpAnswer(status, 'no')))).named).toContain(code)
  })

  it('asks nobody where the address is not allowed', async () => {
    const { named, server } = await fetchFrom(say(httpAnswer(200, BILL)), { allowHttp: false })
    expect(named).toContain('BILL_BLOCKED')
    expect((await fetchFrom(say(httpAnswer(200, BILL)), { allowedHosts: ['centre.example'] })).named).toContain(
      'BILL_BLOCKED: 下载地址的主机 127.0.0.1',
    )
    expect(named).not.toContain('secret')
    expect(server.connections()).toBe(0)
  })

  it('stops at the limit, whether the length is told, or wrong, or not told', async () => {
    const large = Buffer.alloc(100_000, 'x')
    const chunked = Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n'),
      large,
      Buffer.from('\r\n0\r\n\r\n'),
    ])
    const untold = Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'), large])
    for (const bytes of [httpAnswer(200, large), chunked, untold]) {
      expect((await fetchFrom(say(bytes), { maxBytes: 99_999 })).named).toContain('BILL_TOO_LARGE')
      expect((await fetchFrom(say(bytes), { maxBytes: 100_000 })).named).toBe('saved')
    }
  })

  it('a bill that breaks off is no bill', async () => {
    const half = httpAnswer(200, Buffer.alloc(50_000, 'x')).subarray(0, 20_000)
    expect((await fetchFrom(say(half))).named).toBe('CENTRE_UNREACHABLE: 下载对账单：下载到一半连接中断')
  })

  it('a far side that goes silent ends at the deadline', async () => {
    const started = (socket: Socket) => void socket.write(httpAnswer(200, BILL).subarray(0, 60))
    for (const answer of [started, () => undefined]) {
      expect((await fetchFrom(answer, { timeoutMs: 300 })).named).toContain('没有下载完对账单')
    }
  })

  it('closing ends what is under way, and refuses what comes later', async () => {
    const asked = Promise.withResolvers<void>()
    const server = await startRawServer((socket) => {
      socket.write(httpAnswer(200, BILL).subarray(0, 60))
      asked.resolve()
    })
    const fetcher = createBillFetcher({ ...ALLOWED, timeoutMs: 60_000 })
    const fetching = fetcher.fetch(server.url, join(tempDir(), 'bill.part'))
    await asked.promise
    fetcher.close()
    expect(await fetching).toMatchObject({ ok: false, error: { code: 'CENTRE_UNREACHABLE' } })
    await fetcher.fetch(server.url, join(tempDir(), 'bill.part'))
    expect(server.connections()).toBe(1)
    await server.close()
  })

  it('a refused port and a disk that cannot be written are told apart', async () => {
    const { server, fetcher } = await fetchFrom(say(httpAnswer(200, BILL)))
    await server.close()
    expect(await fetcher.fetch(`${server.url}/bill`, join(tempDir(), 'x'))).toMatchObject({
      error: { code: 'CENTRE_UNREACHABLE', message: expect.stringContaining('没有程序在监听') },
    })
    const taken = join(tempDir(), 'taken')
    writeFileSync(taken, 'mine')
    expect((await fetchFrom(say(httpAnswer(200, BILL)), {}, taken)).named).toContain('STORE_UNWRITABLE')
    expect(readFileSync(taken, 'utf8')).toBe('mine')
  })
})
