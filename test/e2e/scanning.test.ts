import { expect, it } from 'vitest'
import { SIMULATED_PATIENTS } from '#main/his/simulator-patients.ts'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { handMoves, scan, scanUnderCapsLock } from './support/scanner.ts'

const browser = browserForFile()

async function openDesk() {
  const desk = await startDesk()
  const counter = new CounterPage(await browser.open(desk.url()))
  await counter.step('choose')
  return { desk, counter, keyboard: counter.page.keyboard }
}

/** The token that the centre was given, of its one upload. */
async function tokenUploaded(desk: Awaited<ReturnType<typeof startDesk>>): Promise<unknown> {
  const uploads = await desk.centre.wire('1.6')
  expect(uploads).toHaveLength(1)
  return JSON.parse(uploads[0]?.requestBody ?? '{}').ecToken
}

it('a whole payment is played without a mouse, the e-voucher with a real scan', async () => {
  const { desk, counter, keyboard } = await openDesk()
  await counter.focusRests('scan-ready')
  await keyboard.press('F3')
  await counter.focusRests('charge-search')
  await keyboard.type('周知行', { delay: 120 })
  await counter.shows('charge-list', /^周知行 264\.95(?!.*林小满)/)
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await counter.step('scan')
  await counter.focusRests('scan-ready')

  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
  await counter.shows('held-token', /990101.*795f/)
  expect(await counter.page.content()).not.toContain(EC_TOKEN)
  await keyboard.press('F10')
  await counter.step('paying')
  expect(await tokenUploaded(desk)).toBe(EC_TOKEN)
  await desk.centre.control('POST', `/orders/${await counter.number(CHARGES.usual)}/pay`)
  await counter.step('settled')
  await keyboard.press('F2')
  await counter.step('choose')
  await counter.focusRests('scan-ready')
})

it('a scan into the search field leaves nothing there, and is taken whole or not at all', async () => {
  const { desk, counter, keyboard } = await openDesk()
  await counter.choose(CHARGES.usual)
  await keyboard.press('F3')
  await keyboard.type('周', { delay: 120 })
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
  expect(await counter.at('charge-search').inputValue()).toBe('周')
  await counter.focusRests('scan-ready')
  await keyboard.press('F10')
  await counter.step('paying')
  expect(await tokenUploaded(desk)).toBe(EC_TOKEN)
})

it('Caps Lock does not change what is read', async () => {
  const { desk, counter, keyboard } = await openDesk()
  await counter.choose(CHARGES.usual)
  await scanUnderCapsLock(counter.page, EC_TOKEN)
  await counter.step('confirm')
  await keyboard.press('F10')
  await counter.step('paying')
  expect(await tokenUploaded(desk)).toBe(EC_TOKEN)
})

const WRONG_CODES = [
  ['134567890123456789', '这是微信付款码。请患者在微信或支付宝中打开「医保电子凭证」再扫'],
  ['281234567890123456', '这是支付宝付款码。请患者在微信或支付宝中打开「医保电子凭证」再扫'],
  // A resident id, of nobody who has a charge.
  ['990101199001010019', '没有这位患者的待缴费'],
  ['https://example.org/a?b=1&c=<i>', '这是网址二维码。请患者打开「医保电子凭证」，扫上面的码'],
  ['6901234567892', '这是药品或商品条码。请扫患者的医保电子凭证'],
  [EC_TOKEN.replace('ec', 'ed'), '这是认不出的码。请扫患者的医保电子凭证；仍不行请再扫一次'],
] as const

it('a wrong code is named in one sentence with what is wanted instead, and nothing is sent', async () => {
  const { desk, counter, keyboard } = await openDesk()
  await counter.choose(CHARGES.usual)
  for (const [code, sentence] of WRONG_CODES) {
    await scan(counter.page, code)
    await counter.shows('scan-cue', sentence)
    await keyboard.press('F10')
    await counter.shows('scan-cue', '还没有扫码，请先扫患者的医保电子凭证')
    await counter.step('scan')
  }
  expect(await desk.centre.wire('1.6')).toEqual([])
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
})

it('four thousand characters do nothing but ask for another scan', async () => {
  const { desk, counter } = await openDesk()
  await counter.choose(CHARGES.usual)
  await scan(counter.page, 'a1'.repeat(2048))
  await counter.shows('scan-cue', '没有扫全，请再扫一次')
  await counter.step('scan')
  expect(await desk.centre.wire('1.6')).toEqual([])
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
})

it('a scan presses no button: with the focus on one that uploads, nothing is sent', async () => {
  const { desk, counter } = await openDesk()
  await counter.choose(CHARGES.usual)
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
  await counter.at('confirm-upload').focus()
  await scan(counter.page, '6901234567892')
  await counter.shows('scan-cue', '这是药品或商品条码')
  await counter.step('confirm')
  expect(await desk.centre.wire('1.6')).toEqual([])
  // The same key by hand, on the same button, does upload.
  await handMoves(counter.page)
  await counter.at('confirm-upload').press('Enter')
  await counter.step('paying')
  expect(await desk.centre.wire('1.6')).toHaveLength(1)
})

it('another patient’s number while a payment is open asks first, and Esc changes nothing', async () => {
  const { counter, keyboard } = await openDesk()
  const other = await counter.number(CHARGES.other)
  await counter.choose(CHARGES.usual)
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
  await scan(counter.page, other)
  await counter.shows('scan-question', '正在收 周知行 的费，换成 林小满？')
  await counter.shows('next-key', '换成这个')
  await keyboard.press('Enter')
  await counter.shows('scan-question', '正在收 周知行')
  await keyboard.press('Escape')
  await counter.hasNone('scan-question')
  await counter.step('confirm')
  await counter.shows('charge', '周知行')

  await new Promise((resolve) => setTimeout(resolve, 2100))
  await scan(counter.page, other)
  await counter.shows('scan-question', '林小满')
  await keyboard.press('F10')
  await counter.shows('charge', '林小满')
  await counter.step('scan')
})

it('somebody else’s e-voucher stops and asks; it is uploaded only as confirmed, and the order says so', async () => {
  const desk = await startDesk({ scanner: { decoder: 'simulator' } })
  const counter = new CounterPage(await browser.open(desk.url()))
  const codeOf = (name: string) => {
    const holder = SIMULATED_PATIENTS.findIndex((patient) => patient.name === name)
    return `990101${String(holder).padStart(4, '0')}123456789012345678`
  }
  await counter.step('choose')
  await counter.choose(CHARGES.usual)
  await scan(counter.page, codeOf('林小满'))
  await counter.shows('scan-question', /^凭证是 林\*满 的，费用是 周\*行 的/)
  await counter.page.keyboard.press('Escape')
  await counter.shows('scan-cue', '请扫患者本人的医保电子凭证')
  await counter.step('scan')

  await scan(counter.page, codeOf('周知行'))
  await counter.step('confirm')
  await counter.shows('voucher-person', '周*行 与费用相符')
  await counter.page.keyboard.press('Escape')
  await counter.step('scan')

  await scan(counter.page, codeOf('林小满').replace('678', '679'))
  await counter.shows('scan-question', '凭证是 林*满 的')
  await counter.page.keyboard.press('F10')
  await counter.step('confirm')
  await counter.page.keyboard.press('F10')
  await counter.step('paying')
  const order = await desk.call('orders.get', { medOrgOrd: await counter.number(CHARGES.usual) })
  expect(JSON.stringify(order)).toContain('"otherPerson":"姓名、证件号"')
})

it('a scan while a dialog is open presses nothing in it, and is taken', async () => {
  const { desk, counter, keyboard } = await openDesk()
  await counter.choose(CHARGES.usual)
  await keyboard.press('F1')
  await counter.at('help').waitFor()
  await counter.at('help').getByRole('button').last().focus()
  await scan(counter.page, EC_TOKEN)
  await counter.step('confirm')
  expect(await counter.at('help').isVisible()).toBe(true)
  await keyboard.press('Escape')
  await counter.at('help').waitFor({ state: 'hidden' })
  await counter.shows('held-token', /990101.*795f/)
  expect(await desk.centre.wire('1.6')).toEqual([])
})

interface FakePlug {
  unplug(): void
  plugIn(): void
}

/** Runs in the page, before its own scripts: a HID-POS scanner that was allowed before. */
function plugScanner(): void {
  const listeners: Record<string, Set<(event: object) => void>> = { connect: new Set(), disconnect: new Set() }
  const device = {
    ...{ opened: false, productName: 'Scanner', vendorId: 1, productId: 2, collections: [{ usagePage: 0x8c }] },
    ...{ addEventListener: () => undefined, removeEventListener: () => undefined },
    open: async () => undefined,
    close: async () => undefined,
  }
  const tell = (name: string) => {
    for (const listener of listeners[name] ?? []) listener({ device })
  }
  const hid = {
    getDevices: async () => [device],
    addEventListener: (name: string, listener: (event: object) => void) => listeners[name]?.add(listener),
    removeEventListener: (name: string, listener: (event: object) => void) => listeners[name]?.delete(listener),
  }
  Object.defineProperty(navigator, 'hid', { value: hid })
  Object.assign(window, { fakePlug: { unplug: () => tell('disconnect'), plugIn: () => tell('connect') } })
}

it('a scanner whose plug is pulled is told of on every screen, until it is back', async () => {
  const { counter } = await openDesk()
  const { page } = counter
  await page.addInitScript(plugScanner)
  await page.reload()
  await counter.step('choose')
  await counter.hasNone('scanner-lost')
  // plugScanner put it there.
  const plug = (how: keyof FakePlug) =>
    page.evaluate((name) => (window as unknown as { fakePlug: FakePlug }).fakePlug[name](), how)
  await plug('unplug')
  await counter.shows('scanner-lost', '扫码枪已断开，请检查插头')
  await page.keyboard.press('Alt+2')
  await counter.shows('scanner-lost', '扫码枪已断开')
  await plug('plugIn')
  await counter.hasNone('scanner-lost')
})
