import { describe, expect, test } from 'vitest'
import { ok } from '#shared/domain/result.ts'
import { anOrder, fakeApp, fakeClient, NOW_MS } from '#test/support/window-fixtures.ts'
import { readDay } from '../../lib/read-day.ts'
import { daysOf, FIRST_FILTER, mergeOrder, searchInput } from './orders-filter.ts'
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
    expect(searchInput({ ...FIRST_FILTER, range: 'all', text: '  ' }, NOW_MS)).toEqual({ limit: 50 })
  })

  test('lets a new order on top only where it belongs', () => {
    const known = [anOrder({ medOrgOrd: 'A' })]
    const told = anOrder({ medOrgOrd: 'B' })
    const numbers = (filter = FIRST_FILTER) => mergeOrder(known, told, filter, NOW_MS).map((order) => order.medOrgOrd)
    expect(numbers()).toEqual(['B', 'A'])
    expect(numbers({ ...FIRST_FILTER, text: 'A' })).toEqual(['A'])
    expect(numbers({ ...FIRST_FILTER, states: ['settled'] })).toEqual(['A'])
  })
})

describe('the list', () => {
  const world = () => {
    const fake = fakeClient({
      'orders.search': (input) =>
        ok(
          input.cursor === undefined
            ? { orders: [anOrder({ medOrgOrd: 'A' })], nextCursor: 'next' }
            : { orders: [anOrder({ medOrgOrd: 'B' })] },
        ),
      'orders.get': ({ medOrgOrd }) => ok(anOrder({ medOrgOrd })),
    })
    const store = createOrdersStore({ client: fake.client, app: fakeApp({ nowMs: NOW_MS }) })
    return { ...fake, state: store.getState }
  }

  test('grows page by page', async () => {
    const { state } = world()
    await state().load()
    await state().loadMore()
    const { page } = state()
    expect(page.status === 'ready' && page.value.orders.map((order) => order.medOrgOrd)).toEqual(['A', 'B'])
    expect(page.status === 'ready' && page.value.nextCursor).toBeUndefined()
  })

  test('keeps the chosen order when news arrive, and shows them in it', async () => {
    const { state, tell } = world()
    await state().load()
    await state().choose('A')
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'A', state: 'settled' }) })
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'C' }) })
    const { page, detail, chosen } = state()
    expect(chosen).toBe('A')
    expect(detail.status === 'ready' && detail.value.state).toBe('settled')
    expect(page.status === 'ready' && page.value.orders.map((order) => order.medOrgOrd)).toEqual(['C', 'A'])
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
