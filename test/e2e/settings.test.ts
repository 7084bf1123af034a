import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { dayOf } from '#shared/domain/time.ts'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { browserForFile } from './support/browser.ts'
import { type Desk, type DeskSettings, startDesk } from './support/desk.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()

async function openSettings(settings: DeskSettings = {}, section?: string) {
  const desk = await startDesk(settings)
  const screen = new ScreenPage(await browser.open(desk.url()))
  await screen.goTo('settings')
  await screen.at('settings').waitFor()
  if (section !== undefined) await screen.at(`section-${section}`).click()
  return { desk, screen, type: (path: string, text: string) => screen.at(`input-${path}`).fill(text) }
}

const inForce = async (desk: Desk) => {
  const answer = (await desk.call('settings.get', {})) as { value?: unknown }
  return settingsSchema.parse(answer.value ?? answer)
}

/** Whether all of one thing is in sight above another. */
async function bottomIsAbove(screen: ScreenPage, upper: string, lower: string): Promise<boolean> {
  const [above, below] = await Promise.all([screen.at(upper).boundingBox(), screen.at(lower).boundingBox()])
  return above !== null && below !== null && above.y + above.height <= below.y + 1
}

/** A port on which nobody listens a moment later. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

it('every mistake is named at its field, and nothing is saved before it is mended', async () => {
  const { desk, screen, type } = await openSettings({}, 'centre')
  await type('centre.baseUrl', 'ftp://x')
  await type('centre.queryTimeoutMs', '1e3')
  await screen.shows('problem-centre.baseUrl', '应为 http 或 https 网址')
  await screen.shows('problem-centre.queryTimeoutMs', '应为 500 到 60000 的整数')
  await screen.at('section-listener').click()
  await type('listener.allowedCallers', '10.0.0.1\nhost.example')
  await screen.shows('problem-listener.allowedCallers', '第 2 项应为 IP 地址或网段')
  await screen.shows('draft-state', '3 处改动，其中 3 处不符合要求')
  await screen.shows('section-centre', '2 处有误')
  await screen.press('F10')
  await screen.hasNone('save-question')
  await screen.shows('problem-centre.baseUrl', '应为')
  expect((await inForce(desk)).listener.allowedCallers).toEqual(['127.0.0.1'])

  await screen.press('Escape')
  await screen.shows('draft-state', '没有改动')
  await screen.hasNone('problem-centre.baseUrl')
})

it('by keyboard: a desk name is changed, its old and new are shown, and the frame has it at once', async () => {
  const { desk, screen } = await openSettings()
  const isThere = () => screen.at('section-desk').getAttribute('aria-selected')
  for (let presses = 0; presses < 30 && (await isThere()) !== 'true'; presses += 1) await screen.press('ArrowDown')
  await screen.press('Tab')
  await screen.press('ControlOrMeta+A')
  await screen.page.keyboard.type('急诊 3 号窗', { delay: 120 })
  await screen.press('F10')
  await screen.shows('save-question', '窗口名称 门诊收费 1 号窗口 → 急诊 3 号窗')
  await screen.press('F10')
  await screen.shows('env-band', '急诊 3 号窗')
  await screen.shows('draft-state', '已保存')
  expect((await inForce(desk)).desk.name).toBe('急诊 3 号窗')
})

it('another port moves the listener, and health says the new address', async () => {
  const { screen, type } = await openSettings({}, 'listener')
  const port = await freePort()
  await type('listener.port', String(port))
  await screen.press('F10', 'F10')
  await screen.shows('draft-state', '已保存')
  const address = screen.page.getByText(`127.0.0.1:${port}`)
  await screen.becomes(() => address.count(), 1)
  expect(await address.isVisible()).toBe(false)
  await screen.at('health-listener').hover()
  await screen.becomes(() => address.isVisible(), true)
  await screen.press('F4')
  await screen.shows('test-listener', new RegExp(`回调接口应答正常.*${port}`))
})

it('the test buttons tell a good centre from a dead one', async () => {
  const { screen, type } = await openSettings({}, 'centre')
  await screen.press('F4')
  await screen.shows('test-centre', /医保中心已连通.*时钟/)
  await screen.shows('test-identity', /appId/)
  await screen.becomes(() => bottomIsAbove(screen, 'test-identity', 'save-bar'), true)
  await type('centre.baseUrl', 'http://127.0.0.1:9')
  await screen.press('F10', 'F10')
  await screen.shows('draft-state', '已保存')
  await screen.hasNone('test-centre')
  await screen.at('settings-test').click()
  await screen.shows('test-centre', '连不上医保中心')
  expect(await screen.at('test-centre').getAttribute('data-tone')).toBe('bad')
  await screen.at('section-his').click()
  await screen.press('F4')
  await screen.shows('test-his', /医院信息系统已应答，现有待缴费 \d+ 笔/)
})

it('another environment asks again in words, and Esc changes nothing', async () => {
  const { desk, screen } = await openSettings()
  await screen.at('input-environment').getByText('模拟').click()
  await screen.press('F10')
  await screen.shows('save-question', '环境 测试 → 模拟')
  await screen.press('F10')
  await screen.shows('environment-question', '将切换到 模拟 环境')
  await screen.press('Escape')
  await screen.hasNone('environment-question')
  expect((await inForce(desk)).environment).toBe('test')
  await screen.press('F10', 'F10', 'F10')
  await screen.shows('env-band', '模拟')
  expect((await inForce(desk)).environment).toBe('simulated')
})

it('leaving with changes asks once, in place', async () => {
  const { screen, type } = await openSettings({}, 'desk')
  await type('desk.name', '不保存')
  await screen.goTo('orders')
  await screen.shows('leave-question', '改动还没有保存')
  await screen.shows('draft-state', '1 处改动没有保存')
  await screen.at('leave-discard').click()
  await screen.at('orders-search').waitFor()
  await screen.goTo('settings')
  await screen.shows('draft-state', '没有改动')
  // Without changes nothing is asked.
  await screen.goTo('orders')
  await screen.at('orders-search').waitFor()
})

it('what the centre says beside the document is counted, shown without its value, and cleared after a question', async () => {
  const { desk, screen } = await openSettings({}, 'drift')
  const medOrgOrd = `MZ${dayOf(Date.now()).replaceAll('-', '')}000101`
  await desk.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
  await desk.centre.control('POST', '/faults', { interface: '1.3', kind: 'ordStas', value: '77', times: 1 })
  await desk.call('orders.refresh', { medOrgOrd })
  await screen.at('drift-reload').click()
  await screen.shows('drift-table', /1\.3 字典里没有的代码 data\.ordStas 1 .*99/)
  expect(await screen.text('drift-table')).not.toContain('77')

  await screen.at('drift-clear').click()
  await screen.shows('drift-question', '清零后从头计数')
  await screen.press('F10')
  await screen.becomes(() => screen.page.getByText('没有发现差异').count(), 1)
})

it('a name of this site stands beside its code everywhere, and the shipped one is back when it is removed', async () => {
  const { screen } = await openSettings({}, 'dictionaries')
  await screen.at('code-11').getByRole('textbox').fill('本院普通门诊')
  await screen.press('F10')
  await screen.shows('save-question', '字典 医疗类别 11 （出厂名称） → 本院普通门诊')
  await screen.press('F10')
  await screen.shows('draft-state', '已保存')
  await screen.goTo('counter')
  await screen.page.locator('[data-testid^="charge-row-"][data-testid$="000102"]').click()
  await screen.shows('charge', '11 本院普通门诊')
  await screen.goTo('settings')
  await screen.at('code-11').getByRole('button').click()
  await screen.press('F10', 'F10')
  await screen.shows('draft-state', '已保存')
  await screen.goTo('counter')
  await screen.shows('charge', '11 普通门诊')
})

it('with type of 150 % no screen runs out of a window of 1366×768', async () => {
  const { screen } = await openSettings({ appearance: { scale: 150 } })
  for (const id of ['counter', 'orders', 'notices', 'bills', 'attention', 'settings']) {
    await screen.goTo(id)
    await screen.becomes(() => screen.at(`nav-${id}`).getAttribute('aria-current'), 'page')
    const sideways = () => screen.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    await screen.becomes(async () => Math.max(0, await sideways()), 0)
  }
})
