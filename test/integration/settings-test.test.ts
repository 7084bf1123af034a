import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TestPart } from '#shared/contract/settings.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

const tried = async (world: PaymentWorld, part: TestPart) => expectOk(await world.call('settings.test', { part }))

describe('the test buttons of the settings', () => {
  it('a desk that works says so four times', async () => {
    const world = await paymentWorld({
      settings: { centre: { appId: '1G38HV9M80183F60C80A0000AA1A14C1', orgCodg: 'H99010100001' } },
    })
    expect(await tried(world, 'centre')).toMatchObject({ state: 'ok', words: '医保中心已连通' })
    expect(await tried(world, 'listener')).toMatchObject({ state: 'ok', words: '回调接口应答正常' })
    expect(await tried(world, 'identity')).toMatchObject({ state: 'ok' })
    const his = await tried(world, 'his')
    const { charges } = expectOk(await world.call('charges.search', {}))
    expect(his).toMatchObject({ state: 'ok', words: expect.stringContaining(`${charges.length} 笔`) })
    expect(JSON.stringify(his)).not.toContain(charges[0]?.patientName)
  })

  it('the centre that is gone is down, and one whose clock is off is a warning', async () => {
    const world = await paymentWorld()
    world.clock.advance(10 * 60_000)
    expect(await tried(world, 'centre')).toMatchObject({ state: 'warn', words: expect.stringMatching(/快 60\d 秒/) })
    await world.stopCentre()
    const down = await tried(world, 'centre')
    expect(down).toMatchObject({ state: 'down', words: expect.stringContaining('连接被拒绝') })
  })

  it('the listener is called through its own port, and the call is not counted before it is told', async () => {
    const world = await paymentWorld()
    const first = await tried(world, 'listener')
    expect(first.details).toContainEqual({ name: '启动以来收到', value: '0 个请求' })
    expect(first.details).toContainEqual({ name: '监听', value: world.listenerUrl() })
    const second = await tried(world, 'listener')
    expect(second.details).toContainEqual({ name: '启动以来收到', value: '1 个请求' })
  })

  it('says that this machine is not on the list, how many were refused, and that all the rest works', async () => {
    const world = await paymentWorld({ settings: { listener: { allowedCallers: ['10.9.8.7'] } } })
    await world.tell('2.1', '{}')
    const answer = await tried(world, 'listener')
    expect(answer).toMatchObject({ state: 'warn', words: expect.stringContaining('不在允许名单') })
    expect(answer.details).toContainEqual({ name: '启动以来拒绝的来源', value: '1 次' })
    expect(answer.details).toContainEqual({ name: '允许的来源', value: '10.9.8.7' })
  })

  it('a port that is taken is down in the words of the listener', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    onTestFinished(() => new Promise((resolve) => other.close(() => resolve())))
    const world = await paymentWorld({ settings: { listener: { port } } })
    expect(await tried(world, 'listener')).toMatchObject({ state: 'down', words: expect.stringContaining('已被占用') })
  })

  it('an unusual appId or orgCodg is a warning', async () => {
    const world = await paymentWorld({ settings: { centre: { appId: 'my-app', orgCodg: '4101' } } })
    const answer = await tried(world, 'identity')
    expect(answer.state).toBe('warn')
    expect(answer.words).toContain('appId')
    expect(answer.words).toContain('orgCodg')
  })

  it('a hospital that does not answer is down', async () => {
    const world = await paymentWorld({
      settings: { his: { source: 'http', http: { baseUrl: 'http://127.0.0.1:1' } } },
    })
    expect((await tried(world, 'his')).state).toBe('down')
  })
})
