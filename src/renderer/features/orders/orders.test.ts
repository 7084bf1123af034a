import { describe, expect, test, vi } from 'vitest'
import type { Order } from '#shared/contract/orders.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { SearchMark } from '#shared/domain/search-marks.ts'
import { anOrder, fakeApp, fakeClient, NOW_MS } from '#test/support/window-fixtures.ts'
import { readDay } from '../../lib/read-day.ts'
import { daysOf, FIRST_FILTER, isNewTo, searchInput } from './orders-filter.ts'
import { createOrdersStore } from './orders-store.ts'
import { factsOf } from './timeline-facts.ts'

describe('the filter', () => {
  test.each([
    ['today', { from: '2026-01-05' }],
    ['week', { from: '2025-12-30' }],
    ['month', { from: '2025-12-07' }],
    ['all', {}],
    ['days', { from: '2026-01-01' }],
  ] as const)('%s names calendar days in Beijing time', (range, days) => {
    expect(daysOf({ ...FIRST_FILTER, range, from: '2026-01-01' }, NOW_MS)).toEqual(days)
  })

  test('takes a day as it is typed, and no day that does not exist', () => {
    expect(['20260105', ' 2026-01-05 ', '2026-1-5', '20260230', '2026', ''].map(readDay)).toEqual([
      '2026-01-05',
      '2026-01-05',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('asks for nothing that is empty', () => {
    expect(searchInput({ ...FIRST_FILTER, range: 'all', text: '  ' }, NOW_MS, undefined)).toEqual({})
  })

  test('takes an order for new only where it is newer than the list and belongs into it', () => {
    const newest = anOrder({ medOrgOrd: 'B' })
    const isNew = (change: Partial<Order>, filter = FIRST_FILTER) =>
      isNewTo(anOrder({ medOrgOrd: 'C', ...change }), newest, filter, NOW_MS)
    expect(isNew({})).toBe(true)
    expect(isNew({ medOrgOrd: 'A' })).toBe(false)
    expect(isNew({ createdAtMs: NOW_MS - 1 })).toBe(false)
    expect(isNew({}, { ...FIRST_FILTER, text: 'C' })).toBe(false)
    expect(isNew({}, { ...FIRST_FILTER, states: ['settled'] })).toBe(false)
    expect(isNew({}, { ...FIRST_FILTER, range: 'days', to: '2026-01-04' })).toBe(false)
  })
})

const MATCHED: SearchMark[] = [{ field: 'patientName', from: 0, to: 1 }]

const world = () => {
  const fake = fakeClient({
    'orders.search': ({ text = '' }) =>
      ok({ orders: [anOrder({ medOrgOrd: `B${text}` }), { ...anOrder({ medOrgOrd: 'A' }), matched: MATCHED }] }),
    'orders.get': ({ medOrgOrd }) => ok(anOrder({ medOrgOrd })),
  })
  const store = createOrdersStore({ client: fake.client, app: fakeApp({ nowMs: NOW_MS }) })
  const state = store.getState
  const numbers = () => {
    const view = state().rows.view()
    return Array.from({ length: view.count }, (_, index) => view.rowAt(index)?.medOrgOrd)
  }
  const asked = () => fake.calls.filter(({ name }) => name === 'orders.search').length
  return { ...fake, state, numbers, asked, frame: () => new Promise((resolve) => setTimeout(resolve)) }
}

describe('the list', () => {
  test('keeps the chosen order when news arrive, and shows them in it', async () => {
    const { state, tell, frame } = world()
    await state().load()
    await state().choose('A')
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'A', state: 'settled' }) })
    await frame()
    expect(state().rows.view().rowAt(1)?.matched).toEqual(MATCHED)
    const { detail, chosen, rows } = state()
    expect(chosen).toBe('A')
    expect(detail.status === 'ready' && detail.value.state).toBe('settled')
    expect(rows.view().rowAt(1)?.state).toBe('settled')
  })

  test('lets new orders wait, each counted once, until they are asked for', async () => {
    const { state, tell, frame, numbers } = world()
    await state().load()
    for (const medOrgOrd of ['C', 'D', 'C']) tell({ name: 'order.changed', payload: anOrder({ medOrgOrd }) })
    await frame()
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'D' }) })
    await frame()
    expect(state().fresh).toEqual(['C', 'D'])
    expect(numbers()).toEqual(['B', 'A'])
    await state().load()
    expect(state().fresh).toEqual([])
  })

  test('comes back as it was left, unless it was left at its top and orders have come since', async () => {
    const { state, tell, frame, asked } = world()
    await state().load()
    state().enter()
    expect(asked()).toBe(1)
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'C' }) })
    await frame()
    state().position.topRow = 3
    state().enter()
    expect(asked()).toBe(1)
    state().position.topRow = 0
    state().enter()
    expect(asked()).toBe(2)
  })

  test('a text asks once the typing pauses, and an answer to an older text is dropped', async () => {
    vi.useFakeTimers()
    const { state, numbers, asked } = world()
    await state().load()
    for (const text of ['1', '12', '123']) state().setFilter({ text })
    expect(asked()).toBe(1)
    await vi.runAllTimersAsync()
    vi.useRealTimers()
    expect(asked()).toBe(2)
    expect(numbers()[0]).toBe('B123')
  })
})

describe('the export', () => {
  test('asks for all that the filter finds, not for what is in sight', async () => {
    const { state, calls } = world()
    state().setFilter({ range: 'days', from: '2026-01-01', to: '2026-01-05', states: ['settled'] })
    await state().exportFound()
    const asked = calls.find(({ name }) => name === 'orders.export')
    expect(asked?.input).toEqual({
      requestId: expect.any(String),
      states: ['settled'],
      from: '2026-01-01',
      to: '2026-01-05',
    })
  })

  test('that does not begin says why below the list, where no order is open', async () => {
    const busy = err(failure('STORE_UNWRITABLE'))
    const fake = fakeClient({ 'orders.export': () => busy })
    const { getState: state } = createOrdersStore({ client: fake.client, app: fakeApp({ nowMs: NOW_MS }) })
    await state().exportFound()
    expect(state()).toMatchObject({ exportFailure: busy.error, failure: null })
  })
})

describe('facts of the history', () => {
  test('are told in words where there are any, and as themselves where there are none', () => {
    expect(factsOf({ ordStas: '6', from: 'uploaded', tookMs: '830', sumFen: '123456', reason: 'timeout' })).toEqual([
      { name: '状态码', value: '6 结算完成' },
      { name: '从', value: '已上传' },
      { name: 'tookMs', value: '0.8 秒' },
      { name: 'sumFen', value: '1,234.56' },
      { name: '原因：', value: '等待答复超时' },
    ])
    expect(factsOf({ ordStas: '99', odd: 'constructor' })).toEqual([
      { name: '状态码', value: '99' },
      { name: 'odd', value: 'constructor' },
    ])
    expect(factsOf({ operation: 'op-1', code: '' })).toEqual([])
  })
})
