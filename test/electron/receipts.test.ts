import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempDir } from '#test/support/temp-dir.ts'
import { playPayment } from './play-payment.ts'
import { startStandIn } from './stand-in/stand-in-process.ts'

describe('a receipt of the desktop app', () => {
  it.each([
    { paper: '80mm', microns: 80_000, points: /MediaBox \[0 0 22[67]/ },
    { paper: 'A5', microns: 148_000, points: /MediaBox \[0 0 4(19|20)/ },
  ])('goes to the named printer without a question, on $paper, and into a PDF', async ({ paper, microns, points }) => {
    const dir = tempDir()
    const config = join(dir, 'config.json')
    writeFileSync(
      config,
      JSON.stringify({
        environment: 'simulated',
        listener: { port: 0 },
        printing: { paper, printer: 'POS-80' },
      }),
    )
    const desk = startStandIn(dir, [`--config=${config}`])
    const page = await desk.page()
    const { medOrgOrd } = await playPayment(page)
    await page.keyboard.press('F9')
    expect(await desk.hear('print')).toMatchObject({
      options: { silent: true, deviceName: 'POS-80', pageSize: { width: microns } },
    })
    await page.getByTestId('receipt-pdf').click()
    await page.getByTestId('receipt-file').waitFor()
    const bytes = readFileSync(join(dir, 'desk', 'simulated', 'receipts', `${medOrgOrd}.pdf`))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.toString('latin1')).toMatch(points)
    expect(await page.getByTestId('receipt-copy').count()).toBe(1)
  })
})
