import { describe, expect, test } from 'vitest'
import type { Order } from '#shared/contract/orders.ts'
import { fen, ZERO_FEN } from '#shared/domain/money.ts'
import { err, ok } from '#shared/domain/result.ts'
import { anOrder, CHARGE_NO, fakeApp, fakeClient, healthWith, NOW_MS } from '#test/support/window-fixtures.ts'
import { DISCONNECTED } from '../../lib/transport.ts'
import { refundSaid, refundStep, totalBack } from './refund-flow.ts'
import { createRefundStore } from './refund-store.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const SETTLED = anOrder({
  state: 'settled',
  setlType: 'ALL',
  legs: { insurance: 'paid', cash: 'paid' },
  amounts: {
    feeSumFen: fen(300),
    fundFen: fen(100),
    accountFen: fen(50),
    ownPayFen: fen(150),
    outOfCatalogueFen: ZERO_FEN,
    prepaidFen: ZERO_FEN,
  },
  amountsFrom: 'callback',
  may: { upload: false, revoke: false, query: true },
  refundObstacles: { ALL: null, HI: null, CASH: 'insuranceFirst' },
})
const REFUNDED = anOrder({
  ...SETTLED,
  state: 'refunded',
  updatedAtMs: NOW_MS + 1,
  refundObstacles: { ALL: 'alreadyRefunded', HI: 'alreadyRefunded', CASH: 'alreadyRefunded' },
})

function desk(handlers: Parameters<typeof fakeClient>[0] = {}, order: Order = SETTLED, health = healthWith()) {
  const clock = { nowMs: NOW_MS }
  const fake = fakeClient({ 'orders.get': () => ok(order), 'refunds.start': () => ok(REFUNDED), ...handlers })
  const app = fakeApp(clock, health)
  const store = createRefundStore({ client: fake.client, app })
  return { ...fake, app, clock, state: store.getState, step: () => refundStep(store.getState()) }
}

async function readyToConfirm(...args: Parameters<typeof desk>) {
  const world = desk(...args)
  await world.state().open(CHARGE_NO)
  world.state().setReason('患者要求退费')
  world.state().ask()
  return world
}

const sent = (world: ReturnType<typeof desk>) => world.calls.filter(({ name }) => name === 'refunds.start')

describe('a refund', () => {
  test('is offered whole, and sent only with a reason, the end of the number and the second key', async () => {
    const world = desk()
    await world.state().open(CHARGE_NO)
    expect(world.state().type).toBe('ALL')
    world.state().ask()
    expect(world.step()).toBe('choose')
    world.state().setReason('患者要求退费')
    world.state().ask()
    expect(world.step()).toBe('confirm')
    await world.state().confirm()
    world.state().setTail('9999')
    await world.state().confirm()
    expect(sent(world)).toEqual([])
    world.state().setTail(CHARGE_NO.slice(-4))
    await world.state().confirm()
    expect(sent(world)[0]?.input).toMatchObject({ refdType: 'ALL', refChannel: 'online', reason: '患者要求退费' })
    expect(world.step()).toBe('done')
  })

  test('says what lacks before it names a key, one thing at a time', async () => {
    const { state, clock } = desk()
    const said = (block: string | null = null) => refundSaid(state(), block, clock.nowMs)
    await state().open(CHARGE_NO)
    expect(said().next).toEqual({ key: null, words: '选一个退款原因，或自己写' })
    state().setChannel('offline')
    expect(said()).toEqual({ patient: '请出示医保电子凭证', next: { key: null, words: '扫患者的医保电子凭证' } })
    state().setChannel('online')
    state().setReason('患者要求退费')
    expect(said().next.key).toBe('confirm')
    expect(said('断开').next.key).toBe(null)
    state().ask()
    expect(said().next).toEqual({ key: null, words: '看清单号，输入它的后四位' })
    state().setTail('0001')
    expect(said().next).toEqual({ key: 'confirm', words: '核对金额无误，确定退款' })
  })

  test('keeps its requestId when the answer was lost, and not when one came', async () => {
    const answers = [err(DISCONNECTED), err({ code: 'ORDER_BUSY', message: '' } as const), ok(REFUNDED)]
    const world = await readyToConfirm({ 'refunds.start': () => answers.shift() ?? ok(REFUNDED) })
    for (let tries = 0; tries < 3; tries += 1) {
      world.state().ask()
      world.state().setTail(CHARGE_NO.slice(-4))
      await world.state().confirm()
    }
    const ids = sent(world).map(({ input }) => (input as { requestId: string }).requestId)
    expect(ids).toHaveLength(3)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('is off while the centre is down, and on while only the hospital is', async () => {
    const down = { state: 'down', words: '连不上', sinceMs: NOW_MS } as const
    expect((await readyToConfirm({}, SETTLED, healthWith({ centre: down }))).step()).toBe('choose')
    expect((await readyToConfirm({}, SETTLED, healthWith({ his: down }))).step()).toBe('confirm')
  })

  test('is no longer being confirmed when the order changes under it', async () => {
    const world = await readyToConfirm()
    world.tell({ name: 'order.changed', payload: REFUNDED })
    expect(world.step()).toBe('done')
    expect(world.state().asking).toBe(false)
  })

  test('of a half refunded order offers the one step that is left, for the reason of the first', async () => {
    const half = anOrder({
      ...SETTLED,
      state: 'partlyRefunded',
      legs: { insurance: 'refunded', cash: 'paid' },
      refundObstacles: { ALL: 'onlyRestLeft', HI: 'legRefunded', CASH: null },
      nextRefund: 'CASH',
      refunds: [
        {
          ...{ appRefdSn: 'RF1', refdType: 'HI', refChannel: 'online', reason: '项目未做', state: 'succeeded' },
          ...{ startedAtMs: NOW_MS, message: null, totalFen: fen(150), cashFen: null, fundFen: null },
          ...{ accountFen: null, cashChannel: null },
        },
      ],
    })
    const world = desk({}, half)
    await world.state().open(CHARGE_NO)
    expect(world.step()).toBe('half')
    expect(world.state()).toMatchObject({ type: 'CASH', reason: '项目未做' })
    expect(totalBack(half, 'CASH')).toBe(150)
  })
})

describe('the code scanned for an offline refund', () => {
  test('is taken only where it is wanted, and only an e-voucher', async () => {
    const world = desk()
    await world.state().open(CHARGE_NO)
    await world.state().scanned({ kind: 'scan', text: TOKEN })
    expect(world.state().token).toBeNull()
    world.state().setChannel('offline')
    await world.state().scanned({ kind: 'scan', text: 'AUTH210000000000000000000000000' })
    expect(world.state().token).toBeNull()
    await world.state().scanned({ kind: 'scan', text: TOKEN })
    expect(world.state().token).toMatchObject({ masked: '990101••••795f' })
  })

  test('is gone after use, on leaving, with Esc and after five minutes', async () => {
    const held = async () => {
      const world = desk()
      await world.state().open(CHARGE_NO)
      world.state().setChannel('offline')
      world.state().setReason('项目未做')
      await world.state().scanned({ kind: 'scan', text: TOKEN })
      return world
    }
    const used = await held()
    used.state().ask()
    used.state().setTail(CHARGE_NO.slice(-4))
    await used.state().confirm()
    expect(sent(used)[0]?.input).toMatchObject({ ecToken: TOKEN })
    const left = await held()
    left.state().leave()
    const cancelled = await held()
    expect(cancelled.state().back()).toBe(true)
    expect(cancelled.state().back()).toBe(false)
    for (const world of [used, left, cancelled]) expect(world.state().token).toBeNull()
    const late = await held()
    late.clock.nowMs += 300_000
    late.state().ask()
    expect(late.step()).toBe('choose')
  })
})

describe('a refund that the lock hides', () => {
  /** As the frame does it: a locked window draws no screen. */
  async function lock({ app, state }: ReturnType<typeof desk>): Promise<void> {
    await app.lockWindow()
    state().leave()
  }

  test('stands as it was afterwards, second question and all', async () => {
    const world = await readyToConfirm()
    world.state().setType('HI')
    world.state().setTail('12')
    await lock(world)
    await world.state().open(CHARGE_NO)
    expect(world.step()).toBe('confirm')
    expect(world.state()).toMatchObject({ type: 'HI', reason: '患者要求退费', tail: '12', cue: null })
  })

  test('has lost the code that was scanned, and asks for it again', async () => {
    const world = desk()
    await world.state().open(CHARGE_NO)
    world.state().setChannel('offline')
    world.state().setReason('项目未做')
    await world.state().scanned({ kind: 'scan', text: TOKEN })
    world.state().ask()
    await lock(world)
    expect(world.state().token).toBeNull()
    await world.state().open(CHARGE_NO)
    expect(world.step()).toBe('choose')
    expect(world.state()).toMatchObject({ channel: 'offline', reason: '项目未做', cue: { words: '扫到的码已清除' } })
  })

  test('begins anew, and says so, when its order has changed meanwhile', async () => {
    const changed = anOrder({ ...SETTLED, updatedAtMs: NOW_MS + 1 })
    const world = await readyToConfirm()
    await lock(world)
    world.tell({ name: 'order.changed', payload: changed })
    await world.state().open(CHARGE_NO)
    expect(world.step()).toBe('choose')
    expect(world.state()).toMatchObject({ reason: '', cue: { words: '锁定期间订单有变化，请重新选择' } })
  })

  test('control: one that was left for another screen begins anew', async () => {
    const world = await readyToConfirm()
    world.state().leave()
    await world.state().open(CHARGE_NO)
    expect(world.step()).toBe('choose')
    expect(world.state().reason).toBe('')
  })
})
