import { describe, expect, test } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { aCharge, anOrder, CHARGE_NO, fakeApp, fakeClient, healthWith, NOW_MS } from '#test/support/window-fixtures.ts'
import { DISCONNECTED } from '../../lib/transport.ts'
import { createCounterStore } from './counter-store.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const UPLOADED = anOrder({
  state: 'uploaded',
  updatedAtMs: NOW_MS + 10,
  may: { upload: false, revoke: true, query: true },
})

function desk(handlers: Parameters<typeof fakeClient>[0] = {}, health = healthWith()) {
  const clock = { nowMs: NOW_MS }
  const fake = fakeClient({
    'charges.search': () => ok({ charges: [aCharge(), aCharge({ medOrgOrd: 'OTHER' })], live: true, asOfMs: NOW_MS }),
    'charges.get': ({ medOrgOrd }) => ok(aCharge({ medOrgOrd })),
    'orders.get': () => err({ code: 'ORDER_NOT_FOUND', message: '' }),
    'counter.upload': () => ok(UPLOADED),
    ...handlers,
  })
  const store = createCounterStore({ client: fake.client, app: fakeApp(clock, health) })
  return { ...fake, clock, store, state: store.getState }
}

async function readyToUpload(...args: Parameters<typeof desk>) {
  const world = desk(...args)
  await world.state().loadCharges()
  await world.state().open(CHARGE_NO)
  await world.state().scanned({ kind: 'scan', text: TOKEN })
  return world
}

const named = (world: ReturnType<typeof desk>, name: string) => world.calls.filter((call) => call.name === name)

describe('a scanned e-voucher', () => {
  test('is held masked, and is gone once the upload was taken', async () => {
    const world = await readyToUpload()
    expect(world.state().token).toMatchObject({ kind: 'ecToken', masked: '990101••••795f' })
    await world.state().upload()
    expect(named(world, 'counter.upload')[0]?.input).toMatchObject({ medOrgOrd: CHARGE_NO, ecToken: TOKEN })
    expect(world.state()).toMatchObject({ token: null, order: { state: 'uploaded' } })
  })

  test('is gone when the centre refused it, though no event told that it was sent; not when nothing was journalled', async () => {
    const refused = await readyToUpload({ 'counter.upload': () => ok(anOrder({ state: 'failed' })) })
    await refused.state().upload()
    expect(refused.state()).toMatchObject({ token: null, busy: null, order: { may: { upload: true } } })

    const unsent = await readyToUpload({ 'counter.upload': () => err({ code: 'HIS_UNREACHABLE', message: '' }) })
    await unsent.state().upload()
    expect(unsent.state()).toMatchObject({ token: { value: TOKEN }, failure: { code: 'HIS_UNREACHABLE' } })
  })

  test('is not kept when no patient is chosen', async () => {
    const world = desk()
    await world.state().scanned({ kind: 'scan', text: TOKEN })
    expect(world.state().token).toBeNull()
    expect(world.state().cue?.words).toContain('请先选定')
  })

  test('is gone with another patient, with Esc and after five minutes', async () => {
    const other = await readyToUpload()
    await other.state().open('OTHER')
    expect(other.state().token).toBeNull()

    const cancelled = await readyToUpload()
    cancelled.state().back()
    expect(cancelled.state().token).toBeNull()

    const old = await readyToUpload()
    old.clock.nowMs += 5 * 60_000
    await old.state().upload()
    expect(named(old, 'counter.upload')).toEqual([])
  })

  test('during a payment is not used', async () => {
    const world = await readyToUpload()
    await world.state().upload()
    await world.state().scanned({ kind: 'scan', text: TOKEN.replace('8', '9') })
    expect(world.state().token).toBeNull()
    expect(world.state().cue?.words).toContain('现在不需要扫码')
  })
})

describe('other scans', () => {
  test.each([
    ['134567890123456789', '微信付款码'],
    ['https://example.org', '网址二维码'],
    ['6901234567892', '药品或商品条码'],
  ])('%s is named, and what is wanted instead', async (text, name) => {
    const world = desk()
    await world.state().open(CHARGE_NO)
    await world.state().scanned({ kind: 'scan', text })
    expect(world.state().cue?.words).toContain(name)
    expect(world.state().cue?.words).toContain('医保电子凭证')
  })

  test('that lost keys ask for another scan', async () => {
    const world = desk()
    await world.state().scanned({ kind: 'incomplete' })
    expect(world.state().cue?.words).toContain('请再扫一次')
  })
})

describe('an upload', () => {
  test('pressed again after a lost connection carries the same request id, after an answer a new one', async () => {
    const answers = [err(DISCONNECTED), err({ code: 'HIS_UNREACHABLE', message: '' } as const), ok(UPLOADED)]
    const world = await readyToUpload({ 'counter.upload': () => answers.shift() ?? ok(UPLOADED) })
    for (let press = 0; press < 3; press++) await world.state().upload()
    const ids = named(world, 'counter.upload').map((call) => (call.input as { requestId: string }).requestId)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[1])
  })

  test('pressed twice is sent once', async () => {
    const world = await readyToUpload()
    await Promise.all([world.state().upload(), world.state().upload()])
    expect(named(world, 'counter.upload')).toHaveLength(1)
  })

  test('is not sent while the centre cannot be reached', async () => {
    const down = { state: 'down', words: '连接被拒绝', sinceMs: NOW_MS } as const
    const world = await readyToUpload({}, healthWith({ centre: down }))
    await world.state().upload()
    expect(named(world, 'counter.upload')).toEqual([])
  })

  test('that fails shows the failure and asks what stands in the store', async () => {
    const world = await readyToUpload({ 'counter.upload': () => err({ code: 'ORDER_BUSY', message: '' }) })
    const before = named(world, 'orders.get').length
    await world.state().upload()
    expect(world.state().failure?.code).toBe('ORDER_BUSY')
    expect(named(world, 'orders.get')).toHaveLength(before + 1)
  })

  test('whose answer comes after another patient was opened changes nothing there', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const world = await readyToUpload({ 'counter.upload': () => held.then(() => ok(UPLOADED)) })
    const sent = world.state().upload()
    await world.state().open('OTHER')
    release()
    await sent
    expect(world.state()).toMatchObject({ medOrgOrd: 'OTHER', order: null, busy: null })
  })
})

describe('a revoke', () => {
  test('is asked for first, and is sent only after the question', async () => {
    const revoked = anOrder({ state: 'revoked', updatedAtMs: NOW_MS + 20 })
    const world = await readyToUpload({ 'counter.revoke': () => ok(revoked) })
    await world.state().upload()
    await world.state().revoke()
    expect(named(world, 'counter.revoke')).toEqual([])
    world.state().askRevoke()
    await world.state().revoke()
    expect(world.state()).toMatchObject({ order: { state: 'revoked' }, askingRevoke: false })
  })

  test('that is not legal is answered with the reason', async () => {
    const settled = anOrder({ state: 'settled', may: { upload: false, revoke: false, query: true } })
    const world = desk({ 'orders.get': () => ok(settled) })
    await world.state().open(CHARGE_NO)
    world.state().askRevoke()
    expect(world.state()).toMatchObject({ askingRevoke: false, cue: { words: '患者已支付，不能撤销上传' } })
  })

  test('question goes away when the patient pays meanwhile', async () => {
    const world = await readyToUpload()
    await world.state().upload()
    world.state().askRevoke()
    const settled = anOrder({
      state: 'settled',
      updatedAtMs: NOW_MS + 30,
      may: { upload: false, revoke: false, query: true },
    })
    world.tell({ name: 'order.changed', payload: settled })
    expect(world.state()).toMatchObject({ askingRevoke: false, order: { state: 'settled' } })
  })
})

describe('news', () => {
  test('of an order reach the list and the card', async () => {
    const world = await readyToUpload()
    world.tell({ name: 'order.changed', payload: UPLOADED })
    const { charges, order } = world.state()
    expect(charges.status === 'ready' && charges.value.charges.map((charge) => charge.state)).toEqual([
      'uploaded',
      'created',
    ])
    expect(order?.state).toBe('uploaded')
  })

  test('are fetched anew when the connection is back', async () => {
    const world = await readyToUpload()
    const before = world.calls.length
    world.connect('lost')
    world.connect('open')
    const asked = world.calls.slice(before).map((call) => call.name)
    expect(asked).toEqual(expect.arrayContaining(['charges.search', 'orders.get']))
  })
})
