import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { BUILT, type HeadlessProcess, startHeadless } from '#test/support/headless-process.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()
const addressOf = ({ ready }: HeadlessProcess) => `${ready.url}/#token=${ready.token}`

/** The program as somebody starts it who has configured nothing. */
async function startFresh() {
  const dataDir = tempDir()
  const app = await startHeadless(dataDir, undefined, { entry: BUILT })
  return { dataDir, app, screen: new ScreenPage(await browser.open(addressOf(app))) }
}

it('a newcomer is one key away from the simulated environment, and is not asked again', async () => {
  const { dataDir, app, screen } = await startFresh()
  await screen.shows('welcome', /先用模拟环境试一试.*Enter.*连接我院的支付中心.*F10/)
  await screen.press('Enter')
  const counter = new CounterPage(screen.page)
  await counter.step('choose')
  await counter.choose(CHARGES.usual)

  await screen.page.close()
  await app.stop('SIGTERM')
  const again = await startHeadless(dataDir, undefined, { entry: BUILT })
  const second = new CounterPage(await browser.open(addressOf(again)))
  await second.step('choose')
  await second.hasNone('welcome')
})

it('the guided set-up tests what is typed before it is saved, can be left and resumed, and ends in the test environment', async () => {
  const { centre: defaults, listener } = settingsSchema.parse({ environment: 'test' })
  const centre = await startCentre({
    port: 0,
    ...defaults,
    callbackBase: () => '',
    callbackPaths: listener.paths,
    payAfterMs: null,
  })
  onTestFinished(() => centre.close())
  const { dataDir, app, screen } = await startFresh()
  await screen.at('welcome').waitFor()
  await screen.press('F10')
  const fill = (path: string, text: string) => screen.at(`input-${path}`).fill(text)
  await fill('centre.baseUrl', 'http://127.0.0.1:9')
  await fill('centre.appId', '1G38HV9M80183F60C80A0000AA1A14C1')
  await screen.shows('problem-centre.orgCodg', '不能为空')
  await fill('centre.orgCodg', 'H99010100001')
  await fill('centre.orgName', '测试市第一医院')
  await screen.press('F4')
  await screen.shows('test-centre', '连不上医保中心')
  await fill('centre.baseUrl', centre.baseUrl)
  await screen.hasNone('test-centre')
  await screen.press('F4')
  await screen.shows('test-centre', '医保中心已连通')
  await screen.shows('test-identity', '形式正确')
  await screen.press('F10')

  await fill('listener.port', '0')
  await screen.press('F4')
  await screen.shows('test-listener', '回调接口应答正常')
  await screen.at('nav-counter').click()
  await new CounterPage(screen.page).step('choose')
  expect(existsSync(join(dataDir, 'settings.json'))).toBe(false)
  await screen.page.goto(`${app.ready.url}/#/setup`)
  await screen.page.reload()
  await screen.becomes(() => screen.at('guided-setup').getAttribute('data-step'), 'listener')
  await screen.becomes(() => screen.at('input-listener.port').inputValue(), '0')

  await screen.press('F10')
  await screen.press('F4')
  await screen.shows('test-his', '已应答')
  await screen.press('F10')
  await fill('desk.name', '急诊 3 号窗')
  await screen.press('F10')
  await screen.shows('setup-summary', /测试市第一医院.*急诊 3 号窗.*到「设置 → 环境」改为「生产」/)
  await screen.press('F10')
  await screen.shows('env-band', /测试.*测试市第一医院.*急诊 3 号窗/)
  await new CounterPage(screen.page).step('choose')
  expect(await app.call('settings.get', {})).toMatchObject({
    value: { environment: 'test', centre: { baseUrl: centre.baseUrl } },
  })
})
