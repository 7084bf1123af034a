import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/support/eventually.ts'
import {
  APP_ID,
  type CentreWithHospital,
  HIS_PATHS,
  objectAt,
  PATHS,
  startCentreWithHospital,
} from '#test/support/simulated-centre.ts'

vi.setConfig({ testTimeout: 30_000 })

let world: CentreWithHospital
beforeEach(async () => {
  world = await startCentreWithHospital()
  world.hospital.feeDetail = (data) => ({ ...data, prePaidBalc: '1.5', userName: '测<试>', deptName: '内科&外科' })
})
afterEach(() => world.close())

const statusOf = async () => (await world.sim('/sim/orders/P1')).ordStas
const textOf = async (url: string) => (await fetch(url)).text()
const press = (url: string, action: string) => fetch(`${url}/${action}`, { method: 'POST' })

async function cashierUrl(): Promise<string> {
  return String(objectAt(await world.upload('P1'), 'data').cashierUrl)
}

const link = (query: string) => `${world.centre.baseUrl}${PATHS.cashier}?${query}`

describe("the patient's page", () => {
  it('shows every part of the amounts, and nothing of the person but a masked name', async () => {
    const html = await textOf(await cashierUrl())
    expect(html).toContain('60.62')
    for (const label of ['医保目录外费用', '医保基金支付', '个人账户支付', '预交金抵扣', '自费支付', '模拟医院']) {
      expect(html).toContain(label)
    }
    expect(html).toContain('内科&#38;外科')
    expect(html).not.toContain('<试>')
    expect(html).not.toContain('210123')
  })

  it('loads nothing from anywhere', async () => {
    const response = await fetch(await cashierUrl())
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).not.toMatch(/(src|href)="(http|\/\/)/)
  })

  it('pays: the order is settled, the page says so, and the hospital is told', async () => {
    const url = await cashierUrl()
    expect(await (await press(url, 'pay')).text()).toContain('支付成功')
    expect(await statusOf()).toBe('6')
    await eventually(() => expect(world.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(1))
  })

  it('pays once, however often the button is pressed', async () => {
    const url = await cashierUrl()
    await Promise.all([press(url, 'pay'), press(url, 'pay'), press(url, 'pay')])
    await world.sim('/sim/orders/P1/callback', {})
    expect(world.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(2)
  })

  it('fails: 15, and nobody is told', async () => {
    const url = await cashierUrl()
    expect(await (await press(url, 'fail')).text()).toContain('支付失败')
    expect(await statusOf()).toBe('15')
    expect(world.hospital.heardOn(HIS_PATHS.settlement)).toEqual([])
  })

  it('walks away: the order waits, and the payment can go on', async () => {
    const url = await cashierUrl()
    const html = await (await press(url, 'leave')).text()
    expect(html).toContain('尚未支付')
    expect(html).toContain('继续支付')
    expect(await statusOf()).toBe('2')
  })

  it('an order that was revoked meanwhile cannot be paid, and the page says so', async () => {
    const url = await cashierUrl()
    await world.call(PATHS.revokeUpload, { medOrgOrd: 'P1' })
    expect(await (await press(url, 'pay')).text()).toContain('订单已撤销')
    expect(await statusOf()).toBe('12')
  })

  it.each([
    ['7', '已退款'],
    ['8', '部分已退款'],
    ['14', '正在处理'],
  ])('an order in state %s reads %s', async (ordStas, words) => {
    const url = await cashierUrl()
    await world.sim('/sim/orders/P1/status', { ordStas })
    expect(await textOf(url)).toContain(words)
  })

  it('an unknown payment is a page in words', async () => {
    expect(await textOf(`${world.centre.baseUrl}/phone/AUTH1`)).toContain('订单不存在')
  })

  it('does not take a press from a page of another origin', async () => {
    const url = await cashierUrl()
    const response = await fetch(`${url}/pay`, { method: 'POST', headers: { origin: 'http://elsewhere.example' } })
    expect([response.status, await statusOf()]).toEqual([403, '1'])
  })
})

describe('the cashier link (1.2)', () => {
  it('shows the same payment at every visit, and the way back after it', async () => {
    const back = encodeURIComponent('https://hospital.example/done?a=1')
    const query = `appId=${APP_ID}&medOrgOrd=P1&openId=o1&returnUrl=${back}`
    const [first, second] = [await fetch(link(query)), await fetch(link(query))]
    expect(second.url).toBe(first.url)
    expect(world.hospital.heardOn(HIS_PATHS.feeDetail)).toHaveLength(1)
    expect(await (await press(first.url, 'pay')).text()).toContain('href="https://hospital.example/done?a=1"')
    expect((await fetch(link(query))).url).toBe(first.url)
  })

  it.each([
    ['medOrgOrd=P1&openId=o1', 'appId'],
    [`appId=${APP_ID}&openId=o1`, 'medOrgOrd'],
    ['appId=OTHER&medOrgOrd=P1&openId=o1', 'appId'],
    [`appId=${APP_ID}&medOrgOrd=P1&returnUrl=javascript%3Aalert(1)`, 'returnUrl'],
    [`appId=${APP_ID}&medOrgOrd=P1&notifyUrl=file%3A%2F%2Fx`, 'notifyUrl'],
  ])('%s is a page that names %s', async (query, field) => {
    const html = await textOf(link(query))
    expect(html).toContain('无法支付')
    expect(html).toContain(field)
  })

  it('an order that is open at the window is left to the window', async () => {
    await world.upload('P1')
    expect(await textOf(link(`appId=${APP_ID}&medOrgOrd=P1&openId=o1`))).toContain('正在收费窗口支付')
  })
})
