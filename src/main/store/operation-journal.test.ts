import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CentreOutcome, Exchange } from '#main/centre-client/centre-client.ts'
import { A_CHARGE } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { beginOperation, endOperation, lockedBy, repeatedRequest } from './operation-journal.ts'
import { openStore } from './store.ts'

const INTENT = { requestId: 'request-1', medOrgOrd: 'MZ1', operatorName: '值班' }
const EXCHANGE: Exchange = { startedAtMs: 1, elapsedMs: 2, status: 200, replyBody: '{"code":1}' }

function world() {
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs }
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  onTestFinished(() => store.close())
  store.book.open('MZ1', A_CHARGE)
  const parts = { store, clock }
  const begin = () =>
    beginOperation(parts, INTENT, { kind: 'upload', request: { medOrgOrd: 'MZ1' }, entry: 'uploadSent' })
  const end = (outcome: CentreOutcome<string>, kind: 'upload' | 'revoke' = 'upload') =>
    endOperation(parts, { ...begin(), kind }, outcome, {
      interfaceId: '1.6',
      kinds: {
        succeeded: 'uploadSucceeded',
        refused: 'uploadRefused',
        notSent: 'uploadNotSent',
        unknown: 'uploadUnknown',
      },
      succeed: (record, value) => ({ ...record, payOrdId: value }),
    })
  return { ...parts, begin, end, timeline: () => store.book.present('MZ1')?.timeline ?? [] }
}

const SUCCEEDED: CentreOutcome<string> = { outcome: 'succeeded', value: 'ORD1', drift: [], exchange: EXCHANGE }
const REFUSED: CentreOutcome<string> = {
  outcome: 'failed',
  reason: 'refused',
  code: '7',
  words: '参保状态异常',
  exchange: EXCHANGE,
}
const NOT_SENT: CentreOutcome<string> = { ...REFUSED, reason: 'notSent', code: null, words: '连接被拒绝' }
const LOST: CentreOutcome<string> = { outcome: 'unknown', reason: 'timeout', words: '没有等到答复', exchange: EXCHANGE }

describe('beginning an operation', () => {
  it('journals it with its request, tells the timeline, and only then says that it is sent', () => {
    const { store, clock, timeline } = world()
    const seen: (string | undefined)[] = []
    store.book.onChange((order) => seen.push(order.operation?.state))
    const operation = beginOperation({ store, clock }, INTENT, {
      kind: 'revoke',
      request: { medOrgOrd: 'MZ1', payOrdId: 'ORD1' },
      entry: 'revokeSent',
      data: { why: 'changed' },
      edit: (record) => ({ ...record, cashierUrl: 'http://127.0.0.1/pay' }),
      also: ({ id }) => seen.push(id),
    })
    // Heard of while it was prepared: nothing had left.
    expect(seen).toEqual([operation.id, 'prepared'])
    expect(store.operations.byRequestId('MZ1', 'request-1')).toMatchObject({
      ...{ id: operation.id, medOrgOrd: 'MZ1', kind: 'revoke', state: 'sent', operatorName: '值班' },
      ...{ requestJson: '{"medOrgOrd":"MZ1","payOrdId":"ORD1"}', preparedAtMs: 1_000_000, endedAtMs: null },
    })
    expect(store.book.find('MZ1')?.cashierUrl).toBe('http://127.0.0.1/pay')
    expect(timeline().at(-1)).toMatchObject({
      ...{ kind: 'revokeSent', actor: 'operator', operatorName: '值班', data: { why: 'changed' } },
    })
  })

  it('without more to say leaves the order as it is', () => {
    const { store, begin, timeline } = world()
    const before = store.book.find('MZ1')
    begin()
    expect(store.book.find('MZ1')).toMatchObject({ ...before, state: 'created' })
    expect(timeline().at(-1)?.data).toEqual({})
  })
})

describe('ending an operation', () => {
  it('succeeded: the order takes what came, and is free', () => {
    const { store, end, timeline } = world()
    expect(end(SUCCEEDED)).toMatchObject({ payOrdId: 'ORD1', operation: { state: 'succeeded', message: null } })
    expect(timeline().at(-1)?.kind).toBe('uploadSucceeded')
    expect(lockedBy(store, 'MZ1')).toBeUndefined()
    expect(store.wireLog.lastReply('MZ1', '1.6')).toBe('{"code":1}')
  })

  it.each([
    ['refused', REFUSED, 'uploadRefused', 'centre', { words: '参保状态异常', code: '7' }],
    ['not sent', NOT_SENT, 'uploadNotSent', 'desk', { words: '连接被拒绝' }],
  ] as const)('%s: failed in these words, and free', (_name, outcome, kind, actor, data) => {
    const { store, end, timeline } = world()
    expect(end(outcome)).toMatchObject({ payOrdId: null, operation: { state: 'failed', message: outcome.words } })
    expect(timeline().find((entry) => entry.kind === kind)).toMatchObject({ actor, data })
    expect(lockedBy(store, 'MZ1')).toBeUndefined()
  })

  it('lost: unknown, said why, and locked', () => {
    const { store, end, timeline } = world()
    expect(end(LOST)).toMatchObject({ state: 'unknown', operation: { state: 'unknown', message: '没有等到答复' } })
    expect(timeline().find(({ kind }) => kind === 'uploadUnknown')).toMatchObject({
      ...{ actor: 'desk', data: { reason: 'timeout', words: '没有等到答复' } },
    })
    expect(lockedBy(store, 'MZ1')?.code).toBe('OUTCOME_UNKNOWN')
  })

  it('a centre that refuses to change an order is asked at once what it knows of it; a refused upload is not', () => {
    const asked = world()
    asked.end(REFUSED, 'revoke')
    expect(asked.store.book.find('MZ1')?.nextQueryAtMs).toBe(1_000_000)
    const upload = world()
    upload.end(REFUSED)
    expect(upload.store.book.find('MZ1')?.nextQueryAtMs).toBeNull()
    const unsent = world()
    unsent.end(NOT_SENT, 'revoke')
    expect(unsent.store.book.find('MZ1')?.nextQueryAtMs).toBeNull()
  })
})

describe('the lock and the repeat', () => {
  it('an order with an operation on its way is busy; one without is not', () => {
    const { store, begin } = world()
    expect(lockedBy(store, 'MZ1')).toBeUndefined()
    begin()
    expect(lockedBy(store, 'MZ1')?.code).toBe('ORDER_BUSY')
  })

  it('the same command again is found; another kind, another order or another number is not', () => {
    const { store, begin } = world()
    begin()
    expect(repeatedRequest(store, INTENT, 'upload')?.medOrgOrd).toBe('MZ1')
    expect(repeatedRequest(store, INTENT, 'revoke')).toBeUndefined()
    expect(repeatedRequest(store, { ...INTENT, medOrgOrd: 'MZ2' }, 'upload')).toBeUndefined()
    expect(repeatedRequest(store, { ...INTENT, requestId: 'request-2' }, 'upload')).toBeUndefined()
  })
})
