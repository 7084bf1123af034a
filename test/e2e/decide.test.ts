import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDb } from '#main/store/open.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { type Desk, startDesk } from './support/desk.ts'

const browser = browserForFile()

/** As if the desk had been closed for an hour in the middle of it: a decision is too early for two minutes. */
async function anHourLater(desk: Desk): Promise<void> {
  await desk.kill()
  const opened = openDb({ path: join(desk.dataDir, 'test', 'cashier.db') })
  if (!opened.ok) throw new Error(opened.error.words)
  opened.value.exec('UPDATE operation SET prepared_at_ms = prepared_at_ms - 3600000')
  opened.value.close()
  await desk.start()
}

/** An upload that the centre never saw, on the desk of a cashier who cannot know that. */
async function lostUpload(): Promise<{ desk: Desk; medOrgOrd: string }> {
  const desk = await startDesk({ centre: { writeTimeoutMs: 1000 } })
  await desk.centre.control('POST', '/faults', { interface: '1.6', kind: 'timeoutBefore', times: 1 })
  const counter = new CounterPage(await browser.open(desk.url()))
  await counter.choose(CHARGES.usual)
  const medOrgOrd = await counter.number(CHARGES.usual)
  await counter.scanAndUpload()
  await counter.step('unknown')
  await counter.shows('trouble', '结果未知，请勿再次收费，请勿让患者离开')
  await counter.shows('next-query', /\d:\d\d 后自动查询|正在自动查询/)
  await counter.page.goto('about:blank')
  return { desk, medOrgOrd }
}

/** The line below names what the button does, in the button's own words. */
async function sameWords(window: CounterPage): Promise<void> {
  const button = await window.text('decision-confirm')
  await window.shows('next-key', `F10 ${button.replace(/ F10$/, '')}`)
}

describe('an alarm that a person has looked into', () => {
  it('is ended with a note, by keyboard alone, and the order stays as it is', async () => {
    const desk = await startDesk()
    const window = new CounterPage(await browser.open(desk.url()))
    const { keyboard } = window.page
    const medOrgOrd = await window.upload(CHARGES.usual)
    await desk.centre.control('POST', '/faults', { interface: '2.2', kind: 'badIdentity', times: 1 })
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    const known = () => desk.call('orders.get', { medOrgOrd })
    await expect.poll(known, { timeout: 15_000 }).toMatchObject({ ok: true, value: { attention: expect.anything() } })
    const before = await known()
    await keyboard.press('Alt+5')
    await window.at(`attention-row-${medOrgOrd}`).waitFor()
    await keyboard.press('F10')
    await window.shows('decision', '记下处理结果，结束提醒')
    await window.focusRests('decision-note')
    await keyboard.press('F10')
    await window.shows('decision-lack', '至少 5 个字')
    await keyboard.insertText('财务核对过，金额以通知为准')
    await sameWords(window)
    await keyboard.press('F10')
    await window.focusRests('decision-tail')
    await keyboard.type(medOrgOrd.slice(-4), { delay: 60 })
    await keyboard.press('F10')
    await window.shows('decisions', '财务核对过，金额以通知为准')
    const after = await known()
    if (!before.ok || !after.ok) throw new Error('the order is known')
    expect(after.value.attention).toBeUndefined()
    expect(after.value).toMatchObject({ state: before.value.state, amounts: before.value.amounts })
  })
})

describe('an unknown outcome that the centre does not resolve', () => {
  it('is decided from the attention list by keyboard alone: asked, evidence, second question, recorded', async () => {
    const { desk, medOrgOrd } = await lostUpload()
    await anHourLater(desk)
    const window = new CounterPage(await browser.open(`${desk.url()}`))
    const { keyboard } = window.page
    await window.step('choose')
    await keyboard.press('Alt+5')
    await window.shows(`attention-row-${medOrgOrd}`, '结果未知，请勿再次收费，请勿让患者离开')
    // F4 asks until the fast part of the ladder is over; the row counts.
    await expect
      .poll(
        async () => {
          await keyboard.press('F4')
          return (await window.text('attention-step')).includes('人工判定')
        },
        { timeout: 30_000, interval: 400 },
      )
      .toBe(true)
    await window.shows(`attention-row-${medOrgOrd}`, /已查 \d+ 次/)

    await keyboard.press('F10')
    await window.shows('decision', '人工判定未知结果')
    await keyboard.press('F10')
    await window.shows('decision-lack', '请选择查证的结论')
    await keyboard.press('ArrowDown')
    await keyboard.press('F10')
    await window.shows('decision-lack', '请选择依据')
    // A person looks at each field before the next key: keys without a pause are a scan, which fills no field.
    await keyboard.press('Tab')
    await window.focusRests('decision-evidence-payOrdId')
    await keyboard.press('Space')
    await expect.poll(() => window.at('decision-evidence-payOrdId').isChecked(), { timeout: 5000 }).toBe(true)
    await keyboard.press('Tab')
    await window.focusRests('decision-number')
    await keyboard.insertText('ORD990101')
    await keyboard.press('Tab')
    await window.focusRests('decision-note')
    await keyboard.insertText('called the centre, no such order')
    await sameWords(window)
    await keyboard.press('F10')
    await window.shows('decision-summary', '没有发生')
    await sameWords(window)
    // Neither Enter nor a wrong number ends it.
    await keyboard.press('Enter')
    await keyboard.press('F10')
    await window.shows('decision-lack', '单号后四位不对')
    const before = await desk.call('orders.get', { medOrgOrd })
    expect(before).toMatchObject({ ok: true, value: { state: 'unknown', decisions: [] } })
    await keyboard.type(medOrgOrd.slice(-4), { delay: 60 })
    await keyboard.press('F10')
    await window.shows('decisions', 'called the centre, no such order')
    await window.orderState('failed')
    const after = await desk.call('orders.get', { medOrgOrd })
    expect(after).toMatchObject({ ok: true, value: { state: 'failed', decisions: [{ outcome: 'didNotHappen' }] } })
    expect(await desk.centre.wire('1.6')).toHaveLength(1)
  })
})

describe('two windows of one desk', () => {
  it('F10 in both at once: one upload, and the other window shows the same order', async () => {
    const desk = await startDesk()
    await desk.centre.control('POST', '/faults', { interface: '1.6', kind: 'delay', ms: 1500, times: 1 })
    const windows = await Promise.all([browser.open(desk.url()), browser.open(desk.url())])
    const [left, right] = windows.map((page) => new CounterPage(page))
    if (left === undefined || right === undefined) throw new Error('two windows were opened')
    for (const window of [left, right]) {
      await window.choose(CHARGES.usual)
      await window.page.bringToFront()
    }
    // Both hold a scanned code before either sends: whoever comes second finds the order locked.
    const scanned = async (window: CounterPage) => {
      await window.page.bringToFront()
      await window.scanAndUpload()
    }
    await scanned(left)
    await scanned(right).catch(() => undefined)
    for (const window of [left, right]) await window.orderState('uploaded')
    expect(await desk.centre.wire('1.6')).toHaveLength(1)
  })
})
