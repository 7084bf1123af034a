import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Folds } from '#main/store/fold/folds.ts'
import { openDb } from '#main/store/open.ts'
import type { Order } from '#shared/contract/orders.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

/** Settles a charge that is paid with both legs and told by callback. */
async function settled(world: PaymentWorld): Promise<Order> {
  for (;;) {
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const order = await world.until(
      medOrgOrd,
      'settled by callback',
      ({ state, timeline }) => state === 'settled' && timeline.some(({ kind }) => kind === 'settlementReceived'),
    )
    if (order.setlType === 'ALL') return order
  }
}

/** The desk's database while no desk runs on it. */
function databaseOf({ dataDir }: PaymentWorld) {
  const opened = openDb({ path: join(dataDir, 'test', 'cashier.db') })
  if (!opened.ok) throw new Error(opened.error.words)
  return opened.value
}

/** A desk that starts anew with one order folded, and another one behind it that is not. */
async function withFolded({ damaged = false } = {}) {
  const world = await paymentWorld()
  const order = await settled(world)
  await settled(world)
  const detail = async () => expectOk(await world.call('orders.get', { medOrgOrd: order.medOrgOrd }))
  const messages = async () => expectOk(await world.call('diagnostics.messages', { medOrgOrd: order.medOrgOrd }))
  const before = { detail: await detail(), messages: await messages() }
  await world.restart(() => {
    const db = databaseOf(world)
    db.exec(`UPDATE outbox SET taken_at_ms = 1 WHERE taken_at_ms IS NULL`)
    expect(new Folds(db).fold(order.medOrgOrd, Number.MAX_SAFE_INTEGER)).toBe(true)
    expect(db.prepare('SELECT count(*) FROM timeline WHERE med_org_ord = ?').pluck().get(order.medOrgOrd)).toBe(0)
    if (damaged) db.exec('UPDATE fold SET block = substr(block, 1, 30)')
    db.close()
  })
  return { world, medOrgOrd: order.medOrgOrd, before, detail, messages }
}

describe('a folded order', () => {
  it('is shown with its timeline and its raw messages as before', async () => {
    const { before, detail, messages } = await withFolded()
    expect(await detail()).toEqual(before.detail)
    expect(await messages()).toEqual(before.messages)
    expect(before.messages.messages.length).toBeGreaterThan(1)
  })

  it('gets the same bytes for a settlement that is sent again, and one effect', async () => {
    const { world, medOrgOrd, before, detail } = await withFolded()
    const sent = (await world.wire('2.2')).find(({ requestBody }) => requestBody.includes(medOrgOrd))
    const again = await world.tell('2.2', sent?.requestBody ?? '')
    expect(again).toEqual({ status: 200, body: sent?.replyBody })
    const settlements = (order: Order) => order.timeline.filter(({ kind }) => kind === 'settlementReceived')
    const after = await detail()
    expect(settlements(after)).toEqual(settlements(before.detail))
    expect(after.timeline.at(-1)?.kind).toBe('settlementRepeated')
    expect(after.amounts).toEqual(before.detail.amounts)
  })

  it('with other money is a conflict, as ever: stored, not applied, refused', async () => {
    const { world, medOrgOrd, detail } = await withFolded()
    const sent = (await world.wire('2.2')).find(({ requestBody }) => requestBody.includes(medOrgOrd))
    const dearer = (sent?.requestBody ?? '').replace(
      /"(feeSumamt|fundPay)":(\d+)/g,
      (_, name, yuan) => `"${name}":${Number(yuan) + 1}`,
    )
    expect(dearer).not.toBe(sent?.requestBody)
    expect((await world.tell('2.2', dearer)).body).toContain('"code":0')
    expect((await detail()).state).toBe('suspense')
  })

  it('is refunded like any other, with one request to the centre', async () => {
    const { world, medOrgOrd, before } = await withFolded()
    const order = expectOk(
      await world.call('refunds.start', {
        ...{ requestId: randomUUID(), medOrgOrd, refdType: 'ALL', refChannel: 'online', reason: '患者要求' },
      }),
    )
    expect(order).toMatchObject({ state: 'refunded', legs: { insurance: 'refunded', cash: 'refunded' } })
    expect(order.timeline.slice(0, before.detail.timeline.length)).toEqual(before.detail.timeline)
    expect(await world.wire('1.4')).toHaveLength(1)
  })

  it('that cannot be read is told in words and acknowledges nothing; lists show it, and the desk goes on', async () => {
    const { world, medOrgOrd } = await withFolded({ damaged: true })
    const shown = await world.call('orders.get', { medOrgOrd })
    expect(shown).toMatchObject({ ok: false, error: { code: 'ORDER_UNREADABLE' } })
    const sent = (await world.wire('2.2')).find(({ requestBody }) => requestBody.includes(medOrgOrd))
    expect((await world.tell('2.2', sent?.requestBody ?? '')).status).toBe(503)
    const { orders } = expectOk(await world.call('orders.search', { text: medOrgOrd }))
    expect(orders).toMatchObject([{ medOrgOrd, state: 'settled' }])
    const other = await settled(world)
    expect(other.state).toBe('settled')
  })
})
