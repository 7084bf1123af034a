import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PERMISSIONS, type Permission } from '#shared/contract/procedure.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { handlersWith, SIMULATED } from '#test/support/hosted-app.ts'
import {
  type AnsweredRequest,
  type AnsweredRequests,
  type CallContext,
  createDispatcher,
  type Dispatcher,
  type DispatcherParts,
  type Handlers,
} from './dispatcher.ts'

const settings = SIMULATED
const anybody = operatorWith([...PERMISSIONS])
const health = { state: 'ok', words: '正常', sinceMs: 1 } as const

const NOTHING_SEEN = { accepted: 0, refusedCallers: 0, lastAtMs: null }

function operatorWith(permissions: readonly Permission[]): CallContext {
  return { operator: { name: '值班收费员', permissions: new Set(permissions) } }
}

function memory(): AnsweredRequests & { readonly kept: Map<string, AnsweredRequest> } {
  const kept = new Map<string, AnsweredRequest>()
  return { kept, find: (requestId) => kept.get(requestId), save: (entry) => kept.set(entry.requestId, entry) }
}

function build(some: Partial<Handlers>, parts: Partial<DispatcherParts> = {}) {
  const reports: { reportId: string; error: unknown }[] = []
  const answered = memory()
  const dispatcher = createDispatcher({
    handlers: () => handlersWith(some),
    answered: () => answered,
    report: (reportId, error) => reports.push({ reportId, error }),
    ...parts,
  })
  return { dispatcher, reports, answered }
}

const saveSettings = (dispatcher: Dispatcher, requestId: string, changed: Partial<Settings> = {}) =>
  dispatcher.call('settings.save', { requestId, settings: { ...settings, ...changed } }, anybody)

describe('what the dispatcher lets through', () => {
  it.each([undefined, null, 7, {}, '', '__proto__', 'constructor', 'hasOwnProperty', 'charges', 'charges.search '])(
    'refuses the unknown name %j',
    async (name) => {
      const { dispatcher, reports } = build({})
      expect(await dispatcher.call(name, {}, anybody)).toMatchObject({
        ok: false,
        error: { code: 'UNKNOWN_PROCEDURE' },
      })
      expect(reports).toEqual([])
    },
  )

  it('runs no command while the window is locked, and answers queries', async () => {
    let locked = true
    const { dispatcher, answered } = build(
      { 'settings.save': ({ settings: saved }) => ok(saved), 'settings.get': () => ok(settings) },
      { isLocked: () => locked },
    )
    const requestId = randomUUID()
    expect(await saveSettings(dispatcher, requestId)).toMatchObject({ ok: false, error: { code: 'WINDOW_LOCKED' } })
    expect(answered.kept.size).toBe(0)
    expect(await dispatcher.call('settings.get', {}, anybody)).toMatchObject({ ok: true })
    locked = false
    expect(await saveSettings(dispatcher, requestId)).toMatchObject({ ok: true })
  })

  it.each([
    ['charges.get', {}, 'medOrgOrd', '应为文本'],
    ['charges.get', { medOrgOrd: '订单' }, 'medOrgOrd', '只能是字母、数字和符号'],
    ['charges.get', undefined, '', '必填'],
    ['charges.search', { idNo: 1 }, 'idNo', '应为文本'],
    ['orders.search', { states: ['settled', 'paid'] }, 'states[1]', '应为'],
    ['orders.search', { from: '2026-02-30' }, 'from', '应为日期 YYYY-MM-DD'],
    ['orders.search', { limit: 0 }, 'limit', '最少 1'],
    ['counter.upload', { medOrgOrd: 'A1', requestId: 'x', ecToken: 'T' }, 'requestId', '应为 uuid'],
    ['counter.upload', { medOrgOrd: 'A1', requestId: randomUUID() }, 'ecToken', '不能同时为空'],
    ['settings.save', { requestId: randomUUID(), settings: { ...settings, typo: 1 } }, 'settings.typo', '没有这一项'],
  ])('names the field of a wrong input to %s', async (name, input, path, expected) => {
    const answer = await build({}).dispatcher.call(name, input, anybody)
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'INPUT_INVALID',
        message: expect.stringContaining(expected),
        details: [{ path, expected: expect.stringContaining(expected) }],
      },
    })
  })

  it('never repeats a received value', async () => {
    const answer = await build({}).dispatcher.call(
      'charges.search',
      { idNo: '9'.repeat(40), text: ['测试甲'] },
      anybody,
    )
    expect(JSON.stringify(answer)).not.toMatch(/9{10}|测试甲/)
  })

  it('refuses an operator without the permission that the procedure names', async () => {
    const { dispatcher } = build({
      'health.get': () => ok({ ...allHealthy(), attentionCount: 0, callbacks: NOTHING_SEEN }),
    })
    expect(await dispatcher.call('health.get', {}, operatorWith([]))).toMatchObject({
      error: { code: 'NOT_PERMITTED' },
    })
    expect(await dispatcher.call('health.get', {}, operatorWith(['view']))).toMatchObject({ ok: true })
  })

  it('hands the handler the parsed input and the operator', async () => {
    const seen: unknown[] = []
    const { dispatcher } = build({
      'charges.search': (input, context) => {
        seen.push(input, context.operator.name, context.requestId)
        return ok({ charges: [], live: true, asOfMs: null })
      },
    })
    await dispatcher.call('charges.search', { text: '  门诊 ', extra: 1 }, anybody)
    expect(seen).toEqual([{ text: '门诊' }, '值班收费员', undefined])
  })
})

function allHealthy() {
  return { centre: health, listener: health, his: health, store: health }
}

describe('what the dispatcher lets out', () => {
  it('leaves out what the output does not list', async () => {
    const withSecret = { ...allHealthy(), attentionCount: 0, callbacks: NOTHING_SEEN, secret: 'S3CRET' }
    const answer = await build({ 'health.get': () => ok(withSecret) }).dispatcher.call('health.get', {}, anybody)
    expect(JSON.stringify(answer)).not.toContain('S3CRET')
  })

  it('answers a declared failure as it is', async () => {
    const { dispatcher, reports } = build({ 'orders.get': () => err(failure('ORDER_NOT_FOUND')) })
    expect(await dispatcher.call('orders.get', { medOrgOrd: 'A1' }, anybody)).toEqual(err(failure('ORDER_NOT_FOUND')))
    expect(reports).toEqual([])
  })

  it.each<[string, Partial<Handlers>]>([
    ['a throw', { 'orders.get': () => Promise.reject(new Error('S3CRET')) }],
    ['a throw of something that is no error', { 'orders.get': () => Promise.reject('S3CRET') }],
    // The types forbid the following answers; a bug would not ask them.
    ['an undeclared failure', { 'orders.get': () => err(failure('HIS_UNREACHABLE', 'S3CRET')) as never }],
    ['a failure that hides a bug', { 'orders.get': () => err(failure('INTERNAL', 'S3CRET')) }],
    ['an answer that is no envelope', { 'orders.get': () => ({ S3CRET: 1 }) as never }],
    ['an output against the schema', { 'orders.get': () => ok({ medOrgOrd: 'S3CRET' }) as never }],
  ])('turns %s into INTERNAL with a report id and shows nothing of it', async (_what, some) => {
    const { dispatcher, reports } = build(some)
    const answer = await dispatcher.call('orders.get', { medOrgOrd: 'A1' }, anybody)
    const reportId = reports[0]?.reportId ?? 'none'
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL', message: expect.stringContaining(reportId), details: { reportId } },
    })
    expect(JSON.stringify(answer)).not.toContain('S3CRET')
    expect(reports).toHaveLength(1)
  })

  it('answers an exception that is an expected failure by its code', async () => {
    const full = new Error('disk full')
    const { dispatcher, reports } = build(
      { 'orders.get': () => Promise.reject(full) },
      { mapError: (error) => (error === full ? failure('STORE_UNWRITABLE') : undefined) },
    )
    expect(await dispatcher.call('orders.get', { medOrgOrd: 'A1' }, anybody)).toEqual(err(failure('STORE_UNWRITABLE')))
    expect(reports).toEqual([])
  })
})

describe('a repeated command', () => {
  function counting() {
    let runs = 0
    const some: Partial<Handlers> = {
      'settings.save': ({ settings: saved }) => {
        runs += 1
        return ok({ ...saved, desk: { ...saved.desk, name: `第 ${runs} 次` } })
      },
    }
    return { some, runs: () => runs }
  }

  it('answers the first answer and runs once', async () => {
    const { some, runs } = counting()
    const { dispatcher } = build(some)
    const requestId = randomUUID()
    const first = await saveSettings(dispatcher, requestId)
    expect(await saveSettings(dispatcher, requestId)).toEqual(first)
    expect(runs()).toBe(1)
    expect(await saveSettings(dispatcher, randomUUID())).not.toEqual(first)
  })

  it('joins the first while it is still running', async () => {
    const gate = Promise.withResolvers<void>()
    let runs = 0
    const { dispatcher } = build({
      'settings.save': async ({ settings: saved }) => {
        runs += 1
        await gate.promise
        return ok(saved)
      },
    })
    const requestId = randomUUID()
    const calls = [saveSettings(dispatcher, requestId), saveSettings(dispatcher, requestId)]
    gate.resolve()
    const [first, second] = await Promise.all(calls)
    expect(second).toEqual(first)
    expect(runs).toBe(1)
  })

  it('answers the first answer after a restart', async () => {
    const { some, runs } = counting()
    const before = build(some)
    const requestId = randomUUID()
    const first = await saveSettings(before.dispatcher, requestId)
    const after = build(some, { answered: () => before.answered })
    expect(await saveSettings(after.dispatcher, requestId)).toEqual(first)
    expect(runs()).toBe(1)
  })

  it('is the same whatever the order of its fields', async () => {
    const { some, runs } = counting()
    const { dispatcher } = build(some)
    const requestId = randomUUID()
    await saveSettings(dispatcher, requestId)
    const reversed = Object.fromEntries(Object.entries(settings).reverse())
    expect(await dispatcher.call('settings.save', { settings: reversed, requestId }, anybody)).toMatchObject({
      ok: true,
    })
    expect(runs()).toBe(1)
  })

  it.each(['running', 'answered'])('is refused with other input while the first is %s', async (when) => {
    const gate = Promise.withResolvers<void>()
    const { dispatcher } = build({
      'settings.save': async ({ settings: saved }) => {
        await gate.promise
        return ok(saved)
      },
    })
    const requestId = randomUUID()
    const first = saveSettings(dispatcher, requestId)
    if (when === 'answered') {
      gate.resolve()
      await first
    }
    const second = saveSettings(dispatcher, requestId, { environment: 'test' })
    expect(await second).toMatchObject({ ok: false, error: { code: 'REQUEST_ID_REUSED' } })
    gate.resolve()
    await first
  })

  it('is refused under the name of another procedure', async () => {
    const { some } = counting()
    const { dispatcher } = build(some)
    const requestId = randomUUID()
    await saveSettings(dispatcher, requestId)
    expect(await dispatcher.call('counter.revoke', { requestId, medOrgOrd: 'A1' }, anybody)).toMatchObject({
      error: { code: 'REQUEST_ID_REUSED' },
    })
  })

  it('keeps a declared failure', async () => {
    let runs = 0
    const { dispatcher } = build({
      'settings.save': () => {
        runs += 1
        return err(failure('ORDER_BUSY'))
      },
    })
    const requestId = randomUUID()
    const first = await saveSettings(dispatcher, requestId)
    expect(await saveSettings(dispatcher, requestId)).toEqual(first)
    expect(runs).toBe(1)
  })

  it.each(['INTERNAL', 'STORE_UNWRITABLE'])('runs again after %s, which proves nothing', async (code) => {
    let runs = 0
    const { dispatcher, answered } = build(
      {
        'settings.save': ({ settings: saved }) => {
          runs += 1
          return runs === 1 ? Promise.reject(new Error('first')) : ok(saved)
        },
      },
      { mapError: () => (code === 'STORE_UNWRITABLE' ? failure('STORE_UNWRITABLE') : undefined) },
    )
    const requestId = randomUUID()
    expect(await saveSettings(dispatcher, requestId)).toMatchObject({ error: { code } })
    expect(answered.kept.size).toBe(0)
    expect(await saveSettings(dispatcher, requestId)).toMatchObject({ ok: true })
  })

  it('does not run when the earlier answers cannot be read', async () => {
    const { some, runs } = counting()
    const unreadable: AnsweredRequests = {
      find: () => {
        throw new Error('unreadable')
      },
      save: () => undefined,
    }
    const { dispatcher } = build(some, { answered: () => unreadable })
    expect(await saveSettings(dispatcher, randomUUID())).toMatchObject({ error: { code: 'INTERNAL' } })
    expect(runs()).toBe(0)
  })

  it('answers what was done even when the answer cannot be kept, and reports it', async () => {
    const { some } = counting()
    const unwritable: AnsweredRequests = {
      find: () => undefined,
      save: () => {
        throw new Error('unwritable')
      },
    }
    const { dispatcher, reports } = build(some, { answered: () => unwritable })
    expect(await saveSettings(dispatcher, randomUUID())).toMatchObject({ ok: true })
    expect(reports).toHaveLength(1)
  })
})
