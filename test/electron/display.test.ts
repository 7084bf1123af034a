import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { PROCEDURES } from '#shared/contract/table.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { callDesk, playPayment } from './play-payment.ts'
import { startStandIn } from './stand-in/stand-in-process.ts'

const TWO_SCREENS = { STAND_IN_SCREENS: '2' }

function displayOf(desk: Page): Promise<Page> {
  return waitFor('the display', () =>
    desk
      .context()
      .pages()
      .find((page) => page.url().endsWith('/display.html')),
  )
}

async function idleDisplayOf(desk: Page): Promise<Page> {
  const display = await displayOf(desk)
  await display.getByTestId('display-idle').waitFor()
  return display
}

it('fills the second screen, takes no focus, and follows a payment to its end without a whole name', async () => {
  const standIn = startStandIn(tempDir(), [], TWO_SCREENS)
  const desk = await standIn.page()
  const display = await idleDisplayOf(desk)
  await standIn.hear('fullScreen')
  expect(standIn.told).toContainEqual({ standIn: 'window', focusable: false, frame: false })

  const { medOrgOrd } = await playPayment(desk)
  await display.locator('[data-testid="display-payment"][data-step="paid"]').waitFor()
  const order = (await callDesk(desk, 'orders.get', { medOrgOrd })) as { value: { patientName: string } }
  expect(order.value.patientName.length).toBeGreaterThan(1)
  expect(await display.locator('body').innerText()).not.toContain(order.value.patientName)
  expect(await standIn.stop()).toBe(0)
})

it('can ask for nothing but itself, also when it is led to the page of the desk', async () => {
  const standIn = startStandIn(tempDir(), [], TWO_SCREENS)
  const display = await idleDisplayOf(await standIn.page())
  expect(await callDesk(display, 'display.get', {})).toMatchObject({ ok: true })
  const refused = async () => {
    for (const [name, { permission }] of Object.entries(PROCEDURES)) {
      if (permission === 'display') continue
      expect(await callDesk(display, name, {}), name).toMatchObject({ error: { code: 'NOT_PERMITTED' } })
    }
  }
  await refused()
  await display.goto(display.url().replace('display.html', ''))
  await refused()
})

it('comes and goes with the screen, and the desk stays', async () => {
  const standIn = startStandIn(tempDir())
  const desk = await standIn.page()
  await desk.getByTestId('counter').waitFor()
  expect(desk.context().pages()).toHaveLength(1)
  standIn.toggleScreen()
  await idleDisplayOf(desk)
  standIn.toggleScreen()
  await waitFor('the display to go', () => (desk.context().pages().length === 1 ? true : undefined))
  expect(await callDesk(desk, 'settings.get', {})).toMatchObject({ ok: true })
  standIn.toggleScreen()
  await idleDisplayOf(desk)
  expect(standIn.complaints()).toBe('')
})

it('stands beside the desk as a window where somebody asks for it on the only screen', async () => {
  const standIn = startStandIn(tempDir())
  const desk = await standIn.page()
  await desk.getByTestId('open-display').click()
  await idleDisplayOf(desk)
  expect(standIn.told.map((told) => told.standIn)).not.toContain('fullScreen')
})
