import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Disk, fileSizeLimit, mountSmallDisk } from '#test/support/full-disk.ts'
import type { HeadlessProcess } from '#test/support/headless-process.ts'
import { killableDesk } from '#test/support/killable-desk.ts'
import { EC_TOKEN, expectOk } from '#test/support/payment-world.ts'

/** What comes of an upload and of a callback: nothing is sent and nothing acknowledged, or both are done. */
const REFUSED = { upload: 'STORE_UNWRITABLE', sent: 0, acknowledged: [false], answer: [503, 0], store: 'down' }
const TAKEN = { upload: 'taken', sent: 1, acknowledged: [true], answer: [200, 1], store: 'ok' }

/** A desk with one order settled and acknowledged, one uploaded that the patient is paying, and one charge. */
async function busyDesk(mount?: (dataDir: string) => void) {
  const world = await killableDesk()
  mount?.(world.dataDir)
  const desk = await world.start()
  const [settled = '', paying = '', charge = ''] = await world.charges(desk)
  const upload = (running: HeadlessProcess, medOrgOrd: string) =>
    running.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
  const tellAgain = async (medOrgOrd: string) => {
    const told = (await (await world.sim('POST', `/orders/${medOrgOrd}/callback`, {})).json()) as {
      acknowledged: boolean[]
    }
    return told.acknowledged
  }
  const stateOf = async (running: HeadlessProcess, medOrgOrd: string) => {
    const answer = await running.call('orders.get', { medOrgOrd })
    return answer.ok ? answer.value.state : answer.error.code
  }
  expectOk(await upload(desk, settled))
  expectOk(await upload(desk, paying))
  await world.sim('POST', `/orders/${settled}/pay`)
  expect(await tellAgain(settled)).toEqual([true])
  // Acknowledged is only durable: its effect has a commit of its own, for which there has to be room.
  await expect.poll(() => stateOf(desk, settled), { timeout: 20_000 }).toBe('settled')

  /** The cashier goes on with the next one; then a patient has paid and the centre says so. */
  const goOn = async () => {
    const uploaded = await upload(desk, charge)
    await world.sim('POST', `/orders/${paying}/pay`)
    const acknowledged = await tellAgain(paying)
    const last = (await world.wire('2.2')).at(-1)
    const { code } = JSON.parse(last?.replyBody ?? '{}') as { code?: number }
    return {
      upload: uploaded.ok ? 'taken' : uploaded.error.code,
      sent: (await world.wire('1.6')).filter(({ requestBody }) => requestBody.includes(charge)).length,
      acknowledged,
      answer: [last?.status, code],
      store: expectOk(await desk.call('health.get', {})).store.state,
    }
  }
  return { ...world, desk, settled, paying, charge, upload, tellAgain, stateOf, goOn }
}

const DISKS: readonly (readonly [string, string, (folder: string) => Disk | undefined])[] = [
  ['is full', 'mounting is not permitted here', mountSmallDisk],
  ['lets no file grow', 'there is no prlimit here', fileSizeLimit],
]

describe.each(DISKS)('a disk that %s', (_name, whyNot, make) => {
  it('stops what moves money, and everything goes on when there is room again', async ({ skip }) => {
    let disk: Disk | undefined
    const world = await busyDesk((dataDir) => {
      disk = make(join(dataDir, 'test'))
    })
    if (disk === undefined) return skip(whyNot)
    const { desk, settled, paying, charge } = world

    disk.fill(desk)
    expect(await world.goOn()).toEqual(REFUSED)
    expect(expectOk(await desk.call('health.get', {})).store.words).toMatch(/磁盘/)
    expect(await world.upload(desk, charge)).toMatchObject({ ok: false, error: { code: 'STORE_UNWRITABLE' } })
    expect(await world.wire('1.6')).toHaveLength(2)
    expect(await world.stateOf(desk, settled)).toBe('settled')

    disk.free(desk)
    await expect
      .poll(async () => expectOk(await desk.call('health.get', {})).store.state, { timeout: 20_000 })
      .toBe('ok')
    expect(await world.tellAgain(paying)).toEqual([true])
    expectOk(await world.upload(desk, charge))
    await desk.stop('SIGKILL')

    const again = await world.start()
    expect(await world.stateOf(again, settled)).toBe('settled')
    expect(expectOk(await again.call('orders.get', { medOrgOrd: paying }))).toMatchObject({
      state: 'settled',
      amountsFrom: 'callback',
    })
    expect(await world.stateOf(again, charge)).toBe('uploaded')
    expect(await world.wire('1.6')).toHaveLength(3)
  })
})

describe('a disk with room', () => {
  it('refuses nothing of it: the tests above can fail', async () => {
    const world = await busyDesk()
    expect(await world.goOn()).toEqual(TAKEN)
  })
})

describe('a disk that is read-only', () => {
  it('is no place to start on, which is said in words; made writable, everything is there', async ({ skip }) => {
    const world = await killableDesk()
    const disk = mountSmallDisk(join(world.dataDir, 'test'))
    if (disk === undefined) return skip('mounting is not permitted here')
    const first = await world.start()
    const medOrgOrd = await world.aCharge(first)
    expectOk(await first.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }))
    await first.stop('SIGKILL')

    disk.remount('ro')
    await expect(world.start()).rejects.toThrow('数据目录只读')
    disk.remount('rw')
    const again = await world.start()
    expect(expectOk(await again.call('orders.get', { medOrgOrd })).state).toBe('uploaded')
    expect(await world.wire('1.6')).toHaveLength(1)
  })
})
