import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempDir } from '#test/support/temp-dir.ts'
import { playPayment } from './play-payment.ts'
import { startStandIn } from './stand-in/stand-in-process.ts'

describe('a receipt of the desktop app', () => {
  it('goes to the named printer without a question, on its paper, and into a PDF', async () => {
    const dir = tempDir()
    const config = join(dir, 'config.json')
    writeFileSync(
      config,
      JSON.stringify({
        environment: 'simulated',
        listener: { port: 0 },
        printing: { paper: '80mm', printer: 'POS-80' },
      }),
    )
    const desk = startStandIn(dir, [`--config=${config}`])
    const page = await desk.page()
    const { medOrgOrd } = await playPayment(page)
    await page.keyboard.press('F9')
    expect(await desk.hear('print')).toMatchObject({
      options: { silent: true, deviceName: 'POS-80', pageSize: { width: 80_000 } },
    })
    await page.getByTestId('receipt-pdf').click()
    await page.getByTestId('receipt-file').waitFor()
    const bytes = readFileSync(join(dir, 'desk', 'simulated', 'receipts', `${medOrgOrd}.pdf`))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.toString('latin1')).toMatch(/MediaBox \[0 0 22[67]/)
    expect(await page.getByTestId('receipt-copy').count()).toBe(1)
  })
})
