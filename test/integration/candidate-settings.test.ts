import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type SettingsInput, settingsSchema, type TestPart } from '#shared/contract/settings.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'
import { tempDir } from '#test/support/temp-dir.ts'

/** Tries settings that nobody has saved. */
async function tried(world: PaymentWorld, part: TestPart, change: Partial<SettingsInput>) {
  const inForce = expectOk(await world.call('settings.get', {}))
  const settings = settingsSchema.parse({ ...inForce, ...change })
  const found = expectOk(await world.call('settings.test', { part, settings }))
  expect(expectOk(await world.call('settings.get', {}))).toEqual(inForce)
  return found
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('settings that are not saved', () => {
  it('are tried against the centre that they name, while the one in force is well', async () => {
    const world = await paymentWorld()
    const gone = await tried(world, 'centre', { centre: { baseUrl: 'http://127.0.0.1:9' } })
    expect(gone).toMatchObject({ state: 'down', words: expect.stringContaining('连不上医保中心') })
    expect(await tried(world, 'centre', {})).toMatchObject({ state: 'ok' })
  })

  it('open their own port for one question and give it back', async () => {
    const world = await paymentWorld()
    const port = await takenPort()
    expect(await tried(world, 'listener', { listener: { port } })).toMatchObject({
      state: 'down',
      words: expect.stringContaining('已被占用'),
    })
    for (let times = 0; times < 2; times += 1) {
      expect(await tried(world, 'listener', { listener: { port: 0 } })).toMatchObject({ state: 'ok' })
    }
    expect(await world.call('settings.test', { part: 'listener' })).toMatchObject({ value: { state: 'ok' } })
  })

  it('look into a folder without taking anything out of it', async () => {
    const world = await paymentWorld()
    const inbox = join(tempDir(), 'inbox')
    const his = { source: 'folder', folder: { inbox, outbox: inbox } } as const
    expect(await tried(world, 'his', { his })).toMatchObject({
      state: 'down',
      words: expect.stringContaining('ENOENT'),
    })
    mkdirSync(inbox)
    writeFileSync(join(inbox, 'one.json'), 'not even a charge')
    expect(await tried(world, 'his', { his })).toMatchObject({ state: 'ok', words: expect.stringContaining('1 笔') })
    expect(readdirSync(inbox)).toEqual(['one.json'])
  })

  it('judge the identity that is typed', async () => {
    const world = await paymentWorld()
    expect(await tried(world, 'identity', { centre: { appId: 'x', orgCodg: 'H1' } })).toMatchObject({ state: 'warn' })
  })
})
