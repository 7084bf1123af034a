import { SIMULATED_PATIENTS } from '#main/his/simulator-patients.ts'
import { TEST_CODE } from '#renderer/lib/scanner/test-code.ts'
import type { DemoDesk } from './demo-desk.ts'
import type { DemoScreen } from './demo-screen.ts'
import type { Picture } from './picture-office.ts'

/** Punctuation that a scanner types with Shift. */
const SHIFTED: Readonly<Record<string, string>> = { ':': ';', _: '-' }

/** What a scan asks, and the scanner's calibration. */
export async function pictureScanner(desk: DemoDesk, screen: DemoScreen, picture: Picture): Promise<void> {
  const { page } = screen
  const scan = async (code: string) => {
    for (const character of code) await page.keyboard.press(keyFor(character))
    await page.keyboard.press('Enter')
  }
  await screen.choose('000102')
  await scan(voucherOf('林小满'))
  await page.getByTestId('scan-question').waitFor()
  await picture(page, 'scanner-1-mismatch')
  await page.keyboard.press('Escape')
  await scan(voucherOf('周知行'))
  await screen.at('confirm')
  await scan(desk.numberOf('000101'))
  await page.getByTestId('scan-question').waitFor()
  await picture(page, 'scanner-2-other-patient')
  await page.keyboard.press('Escape')
  await pictureCalibration(screen, scan, picture)
}

async function pictureCalibration(
  { page }: DemoScreen,
  scan: (code: string) => Promise<void>,
  picture: Picture,
): Promise<void> {
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('section-calibration').click()
  await page.getByTestId('calibration').waitFor()
  await picture(page, 'scanner-3-calibration')
  for (const left of ['还要扫 2 次', '还要扫 1 次', '扫完了']) {
    await scan(TEST_CODE)
    await page.getByTestId('calibration-left').getByText(left).waitFor()
  }
  await page.getByTestId('calibration-verdict').waitFor()
  await picture(page, 'scanner-4-verdict')
}

function keyFor(character: string): string {
  const plain = SHIFTED[character] ?? (/[A-Z]/.test(character) ? character.toLowerCase() : undefined)
  return plain === undefined ? character : `Shift+${plain}`
}

/** The code that a simulated patient's phone shows. */
function voucherOf(name: string): string {
  const holder = SIMULATED_PATIENTS.findIndex((patient) => patient.name === name)
  return `990101${String(holder).padStart(4, '0')}202603180830000017`
}
