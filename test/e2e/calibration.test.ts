import { expect, it } from 'vitest'
import { SECTIONS } from '#renderer/features/settings/setting-fields.ts'
import { TEST_CODE } from '#renderer/lib/scanner/test-code.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { browserForFile } from './support/browser.ts'
import { startDesk } from './support/desk.ts'
import { scan } from './support/scanner.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()

/** By keyboard only: the section is reached with the arrow keys. */
async function openCalibration() {
  const desk = await startDesk()
  const screen = new ScreenPage(await browser.open(`${desk.url()}`))
  await screen.goTo('settings')
  await screen.at('settings').waitFor()
  const down = SECTIONS.findIndex(({ id }) => id === 'calibration')
  for (let presses = 0; presses < down; presses += 1) await screen.press('ArrowDown')
  await screen.at('calibration').waitFor()
  return { desk, screen }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 700))

it('three scans of a scanner with a prefix are found, stored with F10, and the counter reads by them', async () => {
  const { desk, screen } = await openCalibration()
  for (const left of ['还要扫 2 次', '还要扫 1 次', '扫完了']) {
    await scan(screen.page, `77${TEST_CODE}`)
    await screen.shows('calibration-left', left)
    await rest()
  }
  await screen.shows('calibration-scans', /1 齐全 照原样 中位 \d+，.* 77 Enter 没有影响/)
  await screen.shows('calibration-verdict', '扫码枪工作正常')
  await screen.at('calibration-apply').focus()
  await screen.press('Enter')
  await screen.shows('draft-state', '1 处改动没有保存')
  await screen.press('F10')
  await screen.shows('save-question', '前缀 （空） → 77')
  await screen.press('F10')
  await screen.shows('draft-state', '已保存')
  const answer = (await desk.call('settings.get', {})) as { value?: unknown }
  expect(settingsSchema.parse(answer.value ?? answer).scanner).toMatchObject({ prefix: '77', suffix: 'Enter' })
})

it('a scanner that turns letters into capitals is told what to change, and nothing can be stored', async () => {
  const { screen } = await openCalibration()
  for (let times = 0; times < 3; times += 1) {
    await scan(screen.page, TEST_CODE.toUpperCase())
    await rest()
  }
  await screen.shows('calibration-verdict', '现在的设置不能用')
  await screen.shows('calibration-verdict', '全变成了大写或小写')
  await screen.hasNone('calibration-apply')
})
