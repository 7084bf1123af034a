import { describe, expect, test } from 'vitest'
import { healthWith, NOW_MS } from '#test/support/window-fixtures.ts'
import { takeToken } from './launch-token.ts'
import { moneyBlock } from './money-block.ts'
import { hrefFor, placeOf } from './navigation.ts'
import { createRequestIntent } from './request-intent.ts'
import { createSseReader } from './sse-reader.ts'

describe('the launch token', () => {
  test.each([
    ['http://127.0.0.1:1/#token=abc', 'abc', 'http://127.0.0.1:1/'],
    ['http://127.0.0.1:1/?token=abc', 'abc', 'http://127.0.0.1:1/'],
    ['http://127.0.0.1:1/?token=abc#/orders?order=1', 'abc', 'http://127.0.0.1:1/#/orders?order=1'],
    ['http://127.0.0.1:1/#/orders?token=abc', null, 'http://127.0.0.1:1/#/orders?token=abc'],
    ['http://127.0.0.1:1/', null, 'http://127.0.0.1:1/'],
  ])('%s', (address, token, cleanAddress) => {
    expect(takeToken(address)).toEqual({ token, cleanAddress })
  })
})

describe('an intent', () => {
  test('keeps its id until it is settled, and another content is another intent', () => {
    let minted = 0
    const intent = createRequestIntent(() => `id${++minted}`)
    expect([intent.idFor('upload A'), intent.idFor('upload A')]).toEqual(['id1', 'id1'])
    expect(intent.idFor('upload B')).toBe('id2')
    intent.settle()
    expect(intent.idFor('upload B')).toBe('id3')
  })
})

describe('a stream of events', () => {
  const read = (...chunks: string[]) => {
    const data: string[] = []
    const reader = createSseReader((text) => data.push(text))
    for (const chunk of chunks) reader.push(chunk)
    return data
  }
  test('is cut at blank lines, wherever the chunks end', () => {
    expect(read('da', 'ta: {"a":1}\n', '\ndata: 2\n\ndata: unfinished\n')).toEqual(['{"a":1}', '2'])
  })
  test('joins lines of one event and leaves heartbeats out', () => {
    expect(read(': beat\n\nevent: x\r\ndata: 1\r\ndata: 2\r\n\r\n')).toEqual(['1\n2'])
  })
})

describe('money actions', () => {
  const down = { state: 'down', words: '连接被拒绝', sinceMs: NOW_MS } as const
  test('are off with a reason while centre, HIS, store or the main process cannot be reached', () => {
    expect(moneyBlock(healthWith({ centre: down }), 'open')).toContain('连接被拒绝')
    expect(moneyBlock(healthWith({ his: down }), 'open')).toContain('医院系统')
    expect(moneyBlock(healthWith({ store: down }), 'open')).toContain('本机库')
    expect(moneyBlock(healthWith(), 'lost')).toContain('断开')
  })
  test('are on otherwise: a silent listener only means polling', () => {
    expect(moneyBlock(healthWith({ listener: down }), 'open')).toBeNull()
  })
})

test('an address is read as it is written', () => {
  const place = placeOf(hrefFor('orders', { order: '34793830||1' }))
  expect([place.screen, place.params.get('order')]).toEqual(['orders', '34793830||1'])
  expect(placeOf('').screen).toBe('')
})
