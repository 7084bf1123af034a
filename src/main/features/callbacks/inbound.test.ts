import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore, type Store } from '#main/store/store.ts'
import type { DataSync } from '#main/store/sync-line.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { DisclosureGuard } from './disclosure-guard.ts'
import { inboundHandler } from './inbound.ts'
import { SettlementInbox } from './settlement-inbox.ts'

const EXAMPLE = readFileSync(join('test', 'fixtures', 'centre-examples', '2.2-settlement-result.request.json'), 'utf8')
const EXPECTED = { orgCodg: 'H510102XXXXX', appId: '1GJLS2JT50V03FXXXXXA0000A6F4B334' }
const CLOCK = { now: () => 1_000_000 }
const ACCEPTED = { status: 200, body: '{"code":1,"message":"成功"}' }
const NOT_KEPT = { status: 503, body: expect.stringContaining('"code":0') }

/** A desk's callbacks over a store on this disk. */
function callbacksOn(path: string, datasync?: DataSync) {
  const opened = openStore({ path }, CLOCK, datasync === undefined ? {} : { datasync })
  if (!opened.ok) throw new Error(opened.error.words)
  const store: Store = opened.value
  onTestFinished(() => store.close())
  const handler = inboundHandler({
    store,
    guard: new DisclosureGuard(store, CLOCK),
    orgCodg: EXPECTED.orgCodg,
    inbox: new SettlementInbox({ store, clock: CLOCK, expected: EXPECTED, report: () => undefined }),
    fetchCharge: async () => err(failure('CHARGE_NOT_FOUND')),
    pendingCharges: async () => err({ code: 'HIS_UNREACHABLE', message: '' }),
  })
  const receive = () => handler({ interfaceId: '2.2', body: EXAMPLE, caller: '127.0.0.1', receivedAtMs: 1_000_000 })
  return { store, receive }
}

describe('a settlement on a disk that does not keep it', () => {
  it('is refused with code 0 and 503, and so is its repeat, though the disk may say now that all is well', async () => {
    let isSound = false
    const { store, receive } = callbacksOn(join(tempDir(), 'cashier.db'), async () => {
      if (!isSound) throw Object.assign(new Error('EIO'), { code: 'EIO' })
    })
    expect(await receive()).toEqual(NOT_KEPT)
    isSound = true
    expect(await receive()).toEqual(NOT_KEPT)
    store.probe()
    expect(store.faults.problem?.words).toContain('重新启动程序')
  })

  it('is acknowledged by the next start, on a disk that does', async () => {
    const path = join(tempDir(), 'cashier.db')
    const failing = callbacksOn(path, async () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })))
    expect(await failing.receive()).toEqual(NOT_KEPT)
    failing.store.close()
    const { store, receive } = callbacksOn(path)
    expect(await receive()).toEqual(ACCEPTED)
    expect(store.faults.problem).toBeUndefined()
  })

  it('on a sound disk both are acknowledged: the tests above can fail', async () => {
    const { store, receive } = callbacksOn(join(tempDir(), 'cashier.db'))
    expect(await receive()).toEqual(ACCEPTED)
    expect(await receive()).toEqual(ACCEPTED)
    expect(store.faults.problem).toBeUndefined()
  })
})
