import { describe, expect, it } from 'vitest'
import { type CashierLink, readCashierLink } from '#shared/centre/cashier-link.ts'
import { expectOk, paymentWorld } from '#test/support/payment-world.ts'

function read(url: string): CashierLink {
  const link = readCashierLink(url)
  if (!link.ok) throw new Error('not a link of 1.2')
  return link.value
}

describe('the link of 1.2', () => {
  it('carries each value encoded once, and our own address for 2.3 unless another is given', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const { appId } = expectOk(await world.call('settings.get', {})).centre
    const returnUrl = 'https://his.example/back?a=1&b=二#x'
    const { url } = expectOk(await world.call('counter.cashierLink', { medOrgOrd, openId: 'o+1', returnUrl }))
    expect(url.startsWith(`${world.centreUrl}/pmc/cashier?`)).toBe(true)
    expect(url).toContain(encodeURIComponent(returnUrl))
    expect(readCashierLink(url)).toMatchObject({
      value: {
        appId,
        medOrgOrd,
        openId: 'o+1',
        returnUrl,
        notifyUrl: `${world.listenerUrl()}/his/mini-program/notify`,
      },
    })

    const notifyUrl = 'http://10.0.0.1:9200/his/mini-program/notify'
    const plain = expectOk(await world.call('counter.cashierLink', { medOrgOrd, openId: '', returnUrl: '', notifyUrl }))
    const { appId: _appId, ...rest } = read(plain.url)
    expect(rest).toEqual({ medOrgOrd, notifyUrl })
  })

  it('leads to the page where the simulated patient pays', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const { url } = expectOk(await world.call('counter.cashierLink', { medOrgOrd }))
    expect((await fetch(url)).status).toBe(200)
  })

  it('has no address for 2.3 where the listener takes every network card: nobody can call that address', async () => {
    const world = await paymentWorld({ settings: { listener: { host: '0.0.0.0' } } })
    const { url } = expectOk(await world.call('counter.cashierLink', { medOrgOrd: await world.aCharge() }))
    expect(url).not.toContain('notifyUrl')
  })

  it('refuses an address that is no web page and names the field, and a charge that nobody knows', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    for (const field of ['returnUrl', 'notifyUrl'] as const) {
      for (const bad of ['javascript:alert(1)', 'ftp://x.example', 'his.example/back']) {
        const answer = await world.call('counter.cashierLink', { medOrgOrd, [field]: bad })
        expect(answer, bad).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
        expect(JSON.stringify(answer)).toContain(field)
      }
    }
    expect(await world.call('counter.cashierLink', { medOrgOrd: 'NOBODY' })).toMatchObject({
      error: { code: 'CHARGE_NOT_FOUND' },
    })
  })
})
