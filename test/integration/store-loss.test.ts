import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startApp } from '#main/app.ts'
import { connect } from '#main/store/open.ts'
import { createJobRunner, WORKER_SOURCE } from '#main/worker/job-runner.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { EC_TOKEN, expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'
import { tempDir } from '#test/support/temp-dir.ts'

const CONFIG = settingsSchema.parse({ environment: 'test', listener: { port: 0 } })

const databaseOf = (world: PaymentWorld) => join(world.dataDir, 'test', 'cashier.db')

async function backUp(world: PaymentWorld): Promise<string> {
  const folder = join(world.dataDir, 'test', 'backups')
  const fileName = 'cashier-test-20260101-080000.db'
  const made = await createJobRunner(WORKER_SOURCE).run('backup', { source: databaseOf(world), folder, fileName })
  if (!made.ok) throw new Error(made.error.words)
  return made.value.file
}

function restore(dataDir: string, from: string, ...more: string[]) {
  const args = ['src/main/restore.ts', '--data', dataDir, '--environment', 'test', '--from', from, ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

describe('a database that is lost', () => {
  it('an older backup is put back: what came after it is unknown, asked about, and nothing is sent again', async () => {
    const world = await paymentWorld()
    const backup = await backUp(world)
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    let said = ''
    await world.restart(() => {
      rmSync(databaseOf(world))
      said = restore(world.dataDir, backup).said
    })
    expect(said).toContain('已恢复')
    const order = await world.until(medOrgOrd, 'the question', ({ operation }) => operation?.state === 'resolved')
    expect(order.state).toBe('uploaded')
    expect(await world.wire('1.6')).toHaveLength(1)
  })

  it('a backup without the copy of the journal knows nothing of it: the test above can fail', async () => {
    const world = await paymentWorld()
    const backup = await backUp(world)
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.restart(() => {
      restore(world.dataDir, backup)
      rmSync(join(world.dataDir, 'test', 'journal'), { recursive: true })
    })
    expect(await world.call('orders.get', { medOrgOrd })).toMatchObject({ ok: false })
  })

  it('is refused while a desk runs, keeps what it replaces, and a dry run changes nothing', async () => {
    const world = await paymentWorld()
    const backup = await backUp(world)
    expect(restore(world.dataDir, backup)).toMatchObject({ status: 1, said: expect.stringContaining('正被另一个') })
    expect(restore(world.dataDir, backup, '--dry-run')).toMatchObject({
      status: 0,
      said: expect.stringContaining('备份完好'),
    })
    await world.restart(() => {
      expect(restore(world.dataDir, backup).status).toBe(0)
    })
    const kept = readdirSync(join(world.dataDir, 'test')).filter((name) => name.includes('.replaced-'))
    expect(kept.length).toBeGreaterThan(0)
  })

  it('a damaged backup is not put back', async () => {
    const world = await paymentWorld()
    const backup = await backUp(world)
    writeFileSync(backup, readFileSync(backup).fill(0xff, 4096))
    expect(restore(world.dataDir, backup, '--dry-run').status).toBe(1)
  })
})

describe('a start', () => {
  async function refusal(dataDir: string): Promise<string> {
    const started = await startApp({ dataDir, config: CONFIG })
    if (!started.ok) return started.error.words
    await started.value.close()
    return ''
  }

  function folderWithBackup() {
    const dataDir = tempDir()
    const folder = join(dataDir, 'test', 'backups')
    mkdirSync(folder, { recursive: true })
    const backup = join(folder, 'cashier-test-20260101-080000.db')
    writeFileSync(backup, '')
    return { dataDir, backup, database: join(dataDir, 'test', 'cashier.db') }
  }

  it('on a damaged file says the exact command that restores it, and leaves the file as it is', async () => {
    const { dataDir, backup, database } = folderWithBackup()
    const damaged = 'no database, but somebody may want it back'.repeat(100)
    writeFileSync(database, damaged)
    expect(await refusal(dataDir)).toContain(
      `npm run restore -- --data "${dataDir}" --environment test --from "${backup}"`,
    )
    expect(readFileSync(database, 'utf8')).toBe(damaged)
  })

  it('without its file, where there are backups, makes no empty one', async () => {
    const { dataDir, database } = folderWithBackup()
    expect(await refusal(dataDir)).toContain('数据库文件不见了')
    expect(readdirSync(join(database, '..'))).toEqual(['backups'])
  })

  it('on a folder that another desk uses is refused in words', async () => {
    const dataDir = tempDir()
    const first = await startApp({ dataDir, config: CONFIG })
    if (!first.ok) throw new Error(first.error.words)
    expect(await refusal(dataDir)).toContain('正被另一个收费工作站使用')
    await first.value.close()
    expect(await refusal(dataDir)).toBe('')
  })
})

describe('a store that cannot be written', () => {
  it('acknowledges nothing, stops money before anything is sent, says so, and works again by itself', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const other = connect({ path: databaseOf(world) })
    onTestFinished(() => {
      other.close()
    })
    const answer = () =>
      world.tell('2.2', readFileSync('test/fixtures/centre-examples/2.2-settlement-result.request.json', 'utf8'))
    expect((await answer()).status).toBe(200)

    other.exec('BEGIN IMMEDIATE')
    expect(await answer()).toMatchObject({ status: 503, body: expect.stringContaining('"code":0') })
    expect(expectOk(await world.call('health.get', {})).store).toMatchObject({
      state: 'down',
      words: expect.stringContaining('另一个程序占用'),
    })
    const refused = await world.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    expect(refused).toMatchObject({ ok: false, error: { code: 'STORE_UNWRITABLE' } })
    expect(await world.wire('1.6')).toHaveLength(0)

    other.exec('ROLLBACK')
    await expect
      .poll(async () => expectOk(await world.call('health.get', {})).store.state, { timeout: 20_000 })
      .toBe('ok')
    await world.upload(medOrgOrd)
    expect(await world.wire('1.6')).toHaveLength(1)
  })
})
