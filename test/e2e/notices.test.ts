import { describe, expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { scan } from './support/scanner.ts'

const browser = browserForFile()

const PERSON = { name: '测试甲', idNo: '990101199001010019' }

async function openNotices() {
  const desk = await startDesk()
  const page = await browser.open(desk.url())
  const screen = new CounterPage(page)
  await screen.at('nav-notices').click()
  await screen.at('notices').waitFor()
  const sent = async () => (await desk.centre.wire('1.8')).map(({ requestBody }) => JSON.parse(requestBody))
  return { desk, page, screen, sent }
}

describe('a notice to a patient', () => {
  it('takes the number from a scan, goes out on F10 and not on Enter, and stands masked in the history', async () => {
    const { page, screen, sent } = await openNotices()
    await page.keyboard.press('F10')
    await screen.shows('notice-cue', '请填写患者姓名')
    await screen.at('notice-name').fill(PERSON.name)
    await scan(page, PERSON.idNo)
    await expect.poll(() => screen.at('notice-id').inputValue()).toBe(PERSON.idNo)
    await screen.at('notice-name').press('Enter')
    expect(await sent()).toEqual([])

    await page.keyboard.press('F10')
    await screen.shows('notice-cue', '中心已受理')
    expect(await sent()).toMatchObject([{ psnName: PERSON.name, idType: '01', idNo: PERSON.idNo, msgType: '1' }])
    await screen.shows('notice-history', /测\*甲 990••••0019 .*诊间结算 .*国家医保 APP.* 成功/)
    expect(await screen.at('notice-id').inputValue()).toBe('')
    expect(await page.content()).not.toContain(PERSON.idNo)
    await screen.fitsTheWindow()
  })

  it('says in words what the centre refused, and that an unanswered one may have arrived', async () => {
    const { desk, page, screen, sent } = await openNotices()
    const fill = async () => {
      await screen.at('notice-name').fill(PERSON.name)
      await screen.at('notice-id').fill(PERSON.idNo)
      await screen.at('notice-type-2').click()
    }
    await desk.centre.control('POST', '/faults', { interface: '1.8', kind: 'refuse', value: '未实名', times: 1 })
    await fill()
    await page.keyboard.press('F10')
    await screen.shows('failure', '未实名')
    await screen.shows('notice-history', /预约成功 .*失败 「未实名」/)

    await desk.centre.control('POST', '/faults', { interface: '1.8', kind: 'cutAfter', times: 1 })
    await page.keyboard.press('F10')
    await screen.shows('notice-cue', '可能已经送达')
    await screen.shows('notice-history', '结果未知')
    expect(await sent()).toHaveLength(2)
  })

  it('starts from an order with the name, which is all that an order tells', async () => {
    const { screen, page } = await openNotices()
    await screen.at('nav-counter').click()
    const medOrgOrd = await screen.upload(CHARGES.usual)
    await screen.at('nav-orders').click()
    await page.getByTestId(`order-row-${medOrgOrd}`).click()
    await screen.at('to-notice').click()
    await expect.poll(() => screen.at('notice-name').inputValue()).toBe('周知行')
    expect(await screen.at('notice-id').inputValue()).toBe('')
    expect(page.url()).not.toContain('order')
  })
})
