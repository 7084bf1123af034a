import { describe, expect, test } from 'vitest'
import type { VoucherPersonShown } from '#shared/contract/counter.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { err, ok } from '#shared/domain/result.ts'
import { aCharge, anOrder, CHARGE_NO, fakeApp, fakeClient, NOW_MS } from '#test/support/window-fixtures.ts'
import { createCounterStore } from './counter-store.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const OTHER_TOKEN = TOKEN.replace('795f', '820a')
const RAW_CODE = '9901010001123456789012345678'
const OPAQUE = '8pfd85o1f35635a8c000002f3d795f'
const RESIDENT_ID = '99010119880307102X'
const UPLOADED = anOrder({ state: 'uploaded', may: { upload: false, revoke: true, query: true } })

const PERSON: VoucherPersonShown = {
  maskedName: '测*甲',
  maskedIdNo: '990•••••••••••001X',
  insuOrg: '990101',
  nameMatches: true,
  idNoMatches: true,
  isMismatch: false,
  chargeMaskedName: '测*甲',
}
const STRANGER: VoucherPersonShown = { ...PERSON, maskedName: '张*', nameMatches: false, isMismatch: true }

function desk(handlers: Parameters<typeof fakeClient>[0] = {}, decoder: 'passthrough' | 'simulator' = 'passthrough') {
  const clock = { nowMs: NOW_MS }
  const pending = {
    charges: [aCharge(), aCharge({ medOrgOrd: 'OTHER', patientName: '测试乙' })],
    live: true,
    asOfMs: NOW_MS,
  }
  const fake = fakeClient({
    'charges.search': () => ok(pending),
    'charges.get': ({ medOrgOrd }) => ok(aCharge({ medOrgOrd })),
    'orders.get': () => err({ code: 'ORDER_NOT_FOUND', message: '' }),
    'counter.upload': () => ok(UPLOADED),
    ...handlers,
  })
  const app = fakeApp(clock)
  app.setState({ settings: settingsSchema.parse({ environment: 'simulated', scanner: { decoder } }) })
  const store = createCounterStore({ client: fake.client, app })
  const scan = (text: string) => store.getState().scanned({ kind: 'scan', text })
  return { ...fake, clock, app, state: store.getState, scan }
}

/** A desk with one charge open. */
async function openDesk(...args: Parameters<typeof desk>) {
  const world = desk(...args)
  await world.state().loadCharges()
  await world.state().open(CHARGE_NO)
  return world
}

const named = (world: ReturnType<typeof desk>, name: string) => world.calls.filter((call) => call.name === name)

describe('another code while a payment is open', () => {
  test('asks before it leaves the patient, and Esc leaves everything as it was', async () => {
    const world = await openDesk()
    await world.scan(TOKEN)
    await world.scan('OTHER')
    expect(world.state()).toMatchObject({
      medOrgOrd: CHARGE_NO,
      question: { kind: 'otherCharge', found: { name: '测试乙' } },
    })
    world.state().back()
    expect(world.state()).toMatchObject({ medOrgOrd: CHARGE_NO, question: null, token: { value: TOKEN } })
    await world.scan('OTHER')
    await world.state().answer(true)
    expect(world.state()).toMatchObject({ medOrgOrd: 'OTHER', question: null, token: null })
  })

  test('is not asked about where nothing is open, or when it is the same charge', async () => {
    const world = desk()
    await world.state().loadCharges()
    await world.scan('OTHER')
    expect(world.state()).toMatchObject({ medOrgOrd: 'OTHER', question: null })
    await world.scan('OTHER')
    expect(world.state().question).toBeNull()
    expect(world.state().cue?.words).toContain('正在收的就是这一笔')
  })

  test('also a resident id asks, and then shows that person', async () => {
    const two = { charges: [aCharge({ medOrgOrd: 'A' }), aCharge({ medOrgOrd: 'B' })], live: true, asOfMs: null }
    const world = await openDesk({
      'charges.search': ({ idNo }) => ok(idNo === undefined ? { ...two, charges: [] } : two),
    })
    await world.scan(RESIDENT_ID)
    expect(world.state()).toMatchObject({ medOrgOrd: CHARGE_NO, question: { kind: 'otherCharge' } })
    await world.state().answer(true)
    expect(world.state()).toMatchObject({ medOrgOrd: null, foundByScan: true, search: '' })
    expect(named(world, 'charges.search').at(-1)?.input).toEqual({ idNo: RESIDENT_ID })
  })

  test('of another e-voucher replaces the held one only when asked', async () => {
    const world = await openDesk()
    await world.scan(TOKEN)
    await world.scan(OTHER_TOKEN)
    expect(world.state()).toMatchObject({ token: { value: TOKEN }, question: { kind: 'otherToken' } })
    // F10 answers the question; nothing is uploaded by the same key.
    await world.state().upload()
    expect(named(world, 'counter.upload')).toEqual([])
    await world.state().answer(true)
    expect(world.state()).toMatchObject({ token: { value: OTHER_TOKEN }, question: null })
  })

  test('leaves an open question as it is', async () => {
    const world = await openDesk()
    await world.scan(TOKEN)
    await world.scan('OTHER')
    await world.scan(OTHER_TOKEN)
    expect(world.state().question).toMatchObject({ kind: 'otherCharge' })
    expect(world.state().cue?.words).toContain('请先回答')
  })
})

describe('the same code again', () => {
  const again = (text: string) => ({ kind: 'repeated', text }) as const

  test('is nothing while it is held, and counts after it was put away', async () => {
    const world = await openDesk()
    await world.scan(TOKEN)
    await world.state().scanned(again(TOKEN))
    expect(world.state()).toMatchObject({ token: { value: TOKEN }, question: null })
    world.state().back()
    await world.state().scanned(again(TOKEN))
    expect(world.state().token).toMatchObject({ value: TOKEN })
  })

  test('confirms a number that has no check digit, which one reading alone does not', async () => {
    const world = await openDesk()
    await world.scan(OPAQUE)
    expect(world.state()).toMatchObject({ token: null, cue: { words: expect.stringContaining('再扫一次核对') } })
    await world.scan(OPAQUE.replace('8', '7'))
    expect(world.state().token).toBeNull()
    await world.scan(OPAQUE)
    await world.state().scanned(again(OPAQUE))
    expect(world.state().token).toMatchObject({ kind: 'payAuthNo', value: OPAQUE })
  })
})

describe('with a decoder', () => {
  const decoding = (person: VoucherPersonShown | null) => ({
    'counter.decodeScan': () => ok({ ecToken: TOKEN, person }),
  })

  test('a code becomes a token, and it is said whose', async () => {
    const world = await openDesk(decoding(PERSON), 'simulator')
    await world.scan(RAW_CODE)
    expect(named(world, 'counter.decodeScan')).toMatchObject([{ input: { medOrgOrd: CHARGE_NO, code: RAW_CODE } }])
    expect(world.state().token).toMatchObject({ value: TOKEN, person: { maskedName: '测*甲' } })
    await world.state().upload()
    expect(named(world, 'counter.upload')[0]?.input).not.toHaveProperty('otherPersonConfirmed')
  })

  test('somebody else’s voucher stops and asks, and is uploaded only as confirmed', async () => {
    const world = await openDesk(decoding(STRANGER), 'simulator')
    await world.scan(RAW_CODE)
    expect(world.state()).toMatchObject({ token: null, question: { words: '凭证是 张* 的，费用是 测*甲 的' } })
    await world.state().upload()
    expect(named(world, 'counter.upload')).toEqual([])
    world.state().back()
    expect(world.state()).toMatchObject({ token: null, question: null })
    await world.scan(RAW_CODE)
    await world.state().answer(true)
    await world.state().upload()
    expect(named(world, 'counter.upload')[0]?.input).toMatchObject({ ecToken: TOKEN, otherPersonConfirmed: true })
  })

  test('a charge that is another person’s by the time of the upload asks as well', async () => {
    const refused = err({ code: 'PATIENT_MISMATCH', message: '凭证是 张* 的，费用是 李* 的' } as const)
    const world = await openDesk({ ...decoding(PERSON), 'counter.upload': () => refused }, 'simulator')
    await world.scan(RAW_CODE)
    await world.state().upload()
    expect(world.state()).toMatchObject({ failure: null, token: null, question: { words: refused.error.message } })
  })

  test('a patient’s phone that has refreshed its code asks nothing', async () => {
    const tokens = [TOKEN, OTHER_TOKEN]
    const decode = () => ok({ ecToken: tokens.shift() ?? TOKEN, person: PERSON })
    const world = await openDesk({ 'counter.decodeScan': decode }, 'simulator')
    await world.scan(RAW_CODE)
    await world.scan(RAW_CODE.replace('8', '7'))
    expect(world.state()).toMatchObject({ token: { value: OTHER_TOKEN }, question: null })
  })

  test('a code that is not decoded is said, and asked for once only', async () => {
    const refused = err({ code: 'TOKEN_REJECTED', message: '解码服务：「凭证已过期」' } as const)
    const world = await openDesk({ 'counter.decodeScan': () => refused }, 'simulator')
    await world.scan(RAW_CODE)
    await world.state().scanned({ kind: 'repeated', text: RAW_CODE })
    expect(named(world, 'counter.decodeScan')).toHaveLength(1)
    expect(world.state()).toMatchObject({ token: null, busy: null, failure: { code: 'TOKEN_REJECTED' } })
  })

  test('control: without one the same code is nothing', async () => {
    const world = await openDesk(decoding(PERSON))
    await world.scan(RAW_CODE)
    expect(named(world, 'counter.decodeScan')).toEqual([])
    expect(world.state().cue?.words).toContain('认不出的码')
  })
})

test('a locked window holds nothing that was scanned', async () => {
  const world = await openDesk()
  await world.scan(TOKEN)
  await world.scan(OTHER_TOKEN)
  world.state().forgetCode()
  expect(JSON.stringify(world.state())).not.toContain('ec8pfd85o1f35635a8c')
})

test('a code lives as long as the setting says', async () => {
  const world = await openDesk()
  world.app.setState({
    settings: settingsSchema.parse({ environment: 'simulated', scanner: { tokenLifeSeconds: 60 } }),
  })
  await world.scan(TOKEN)
  expect(world.state().token).toMatchObject({ lifeMs: 60_000, expiresAtMs: NOW_MS + 60_000 })
  world.clock.nowMs += 60_000
  await world.state().upload()
  expect(named(world, 'counter.upload')).toEqual([])
})
