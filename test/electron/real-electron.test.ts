import { _electron } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { electronBinary, windowObstacle } from '#scripts/lib/electron-binary.ts'
import { ROOT } from '#scripts/lib/project.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { callDesk, playPayment } from './play-payment.ts'

const binary = electronBinary()
const obstacle = windowObstacle(process.platform, process.env, process.getuid?.() ?? -1)
const reason = binary === undefined ? 'its binary is not on this machine' : obstacle?.en

it.skipIf(reason !== undefined)(
  `Electron itself plays one payment${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  async () => {
    const app = await _electron.launch({ executablePath: binary ?? '', args: [ROOT, `--data=${tempDir()}`] })
    onTestFinished(() => app.close())
    const page = await app.firstWindow()
    const { medOrgOrd } = await playPayment(page)
    expect(await callDesk(page, 'orders.get', { medOrgOrd })).toMatchObject({ ok: true, value: { state: 'settled' } })
    expect(page.url()).toMatch(/^app:\/\/cashier\//)
  },
)
