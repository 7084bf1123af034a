import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createJobRunner, WORKER_SOURCE } from '#main/worker/job-runner.ts'
import { buildIfStale } from '#scripts/lib/build.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { callDesk, playPayment } from './play-payment.ts'
import { flip } from './stand-in/flip.ts'
import { startStandIn } from './stand-in/stand-in-process.ts'

beforeAll(async () => {
  if (!(await buildIfStale())) throw new Error('the build failed')
})

/** The desk's sealed database with one settled order, and today's backup of it. */
async function deskWithBackup() {
  const dir = tempDir()
  const desk = startStandIn(dir)
  const { medOrgOrd } = await playPayment(await desk.page())
  expect(await desk.stop()).toBe(0)
  const folder = join(dir, 'desk', 'simulated')
  const database = join(folder, 'cashier.db')
  const made = await createJobRunner(WORKER_SOURCE).run('backup', {
    source: database,
    key: keyOf(join(dir, 'desk', 'store-key.json')),
    folder: join(folder, 'backups'),
    fileName: 'cashier-simulated-20260101-080000.db',
  })
  if (!made.ok) throw new Error(made.error.words)
  return { dir, folder, database, backup: made.value.file, medOrgOrd }
}

function keyOf(file: string): Buffer {
  const { sealed } = JSON.parse(readFileSync(file, 'utf8')) as { sealed: string }
  return Buffer.from(flip(Buffer.from(sealed, 'base64')).toString(), 'base64')
}

/** The switches as somebody copies them from the box; a shell takes the quotes away. */
function switchesIn(words: string): readonly string[] {
  return [...words.matchAll(/--[a-z]+="?[^"\s（]+"?/g)].map(([found]) => found.replaceAll('"', ''))
}

const replacedIn = (folder: string) => readdirSync(folder).filter((name) => name.includes('.replaced-'))

describe('the desktop app with --restore', () => {
  it('puts the backup back with the switches that the refused start names, and the order is there again', async () => {
    const { dir, folder, database, backup, medOrgOrd } = await deskWithBackup()
    writeFileSync(database, 'no database any more'.repeat(1000))

    const refused = startStandIn(dir)
    expect(await refused.exitCode).toBe(78)
    const switches = switchesIn(String((await refused.hear('errorBox')).content))
    expect(switches).toEqual([`--data=${dir}`, `--restore=${backup}`, '--environment=simulated'])

    const looked = startStandIn(dir, [...switches, '--dry-run'])
    expect(await looked.exitCode).toBe(0)
    expect((await looked.hear('messageBox')).message).toContain('没有改动任何文件')
    expect(replacedIn(folder)).toEqual([])

    const restored = startStandIn(dir, switches)
    expect(await restored.exitCode).toBe(0)
    expect((await restored.hear('messageBox')).message).toMatch(/订单 1，.*\n原来的数据库留在 .*\n已恢复/)
    expect(restored.told.map(({ standIn }) => standIn)).not.toContain('browser')
    expect(replacedIn(folder)).not.toEqual([])

    const page = await startStandIn(dir).page()
    await page.getByTestId('counter').waitFor()
    expect(await callDesk(page, 'orders.get', { medOrgOrd })).toMatchObject({ ok: true, value: { state: 'settled' } })
  })

  it('refuses in words a wrong environment, a file that is not there, and while the app runs', async () => {
    const dir = tempDir()
    const refusal = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
      const desk = startStandIn(dir, args, env)
      expect(await desk.exitCode).toBe(78)
      return (await desk.hear('errorBox')).content
    }
    const missing = `--restore=${join(dir, 'missing.db')}`
    expect(await refusal([missing, '--environment=live'])).toContain('--environment')
    expect(await refusal([missing, '--environment=simulated'])).toContain('没有这个备份文件')
    expect(await refusal([missing, '--environment=simulated'], { STAND_IN_SECOND_INSTANCE: 'yes' })).toContain(
      '请先关闭',
    )
  })
})
