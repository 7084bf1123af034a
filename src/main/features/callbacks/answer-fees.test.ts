import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { InboundMessage } from '#main/callback-listener/callback-listener.ts'
import { openDb } from '#main/store/open.ts'
import { openStore } from '#main/store/store.ts'
import { readFeeDetail } from '#shared/centre/fee-detail.ts'
import { stringifyJson } from '#shared/centre/json.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { aFeeDetail, ORG_CODG } from '#test/support/his-files.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { DisclosureGuard, hashId, PEOPLE_PER_MINUTE } from './disclosure-guard.ts'
import { inboundHandler } from './inbound.ts'
import { SettlementInbox } from './settlement-inbox.ts'

const CENTRE = '10.1.2.3'
/** Invented ids of area 99; what follows is a counter. */
const person = (number: number) => `990101190001${String(number).padStart(5, '0')}X`

/** The handler of the listener over a real store; order `MZ<n>` is a charge of person n. */
function callbackWorld() {
  const path = join(tempDir(), 'cashier.db')
  let nowMs = 1_000_000
  const clock = { now: () => nowMs }
  const opened = openStore({ path }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  onTestFinished(() => store.close())
  const chargeOf = async (number: number) => {
    const data = await aFeeDetail({ medOrgOrd: `MZ${number}`, idNo: person(number) })
    const read = readFeeDetail(data)
    if (!read.ok) throw new Error('not a charge')
    return { detail: read.value, detailJson: stringifyJson(data) }
  }
  const handler = inboundHandler({
    store,
    guard: new DisclosureGuard(store, clock),
    orgCodg: ORG_CODG,
    inbox: new SettlementInbox({
      store,
      clock,
      expected: { orgCodg: ORG_CODG, appId: 'A' },
      report: () => undefined,
    }),
    fetchCharge: async (medOrgOrd) => {
      const number = Number(medOrgOrd.slice(2))
      return Number.isNaN(number) ? err(failure('CHARGE_NOT_FOUND')) : ok(await chargeOf(number))
    },
    pendingCharges: async (idNo) => ok([await chargeOf(Number(idNo.slice(12, 17)))]),
  })
  const ask = async (interfaceId: InboundMessage['interfaceId'], body: object, caller = CENTRE) => {
    const answer = await handler({ interfaceId, body: JSON.stringify(body), caller, receivedAtMs: nowMs })
    return answer.body
  }
  return {
    store,
    pass: (ms: number) => {
      nowMs += ms
    },
    detail: (number: number | string, caller?: string) =>
      ask('2.1', { medOrgOrd: `MZ${number}`, orgCodg: ORG_CODG }, caller),
    list: (number: number, caller?: string) => ask('2.4', { idNo: person(number), orgCodg: ORG_CODG }, caller),
    ask,
    records: () => {
      const db = openDb({ path })
      if (!db.ok) throw new Error(db.error.words)
      const rows = db.value.prepare('SELECT * FROM disclosure ORDER BY id').all()
      db.value.close()
      return rows
    },
  }
}

const SERVED = expect.stringContaining('"code":1')
const LIMITED = expect.stringContaining('"code":0,"message":"一分钟内')

async function askAboutMany(ask: (number: number) => Promise<string>, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) expect(await ask(number)).toEqual(SERVED)
}

describe('how many people a caller may ask about', () => {
  it.each(['detail', 'list'] as const)(
    '%s: so many in a minute, and then none, until a minute has passed',
    async (question) => {
      const world = callbackWorld()
      await askAboutMany(world[question], PEOPLE_PER_MINUTE)
      const refused = await world[question](PEOPLE_PER_MINUTE + 1)
      expect(refused).toEqual(LIMITED)
      expect(refused).not.toContain(person(PEOPLE_PER_MINUTE + 1))
      expect(await world[question](1)).toEqual(SERVED)
      world.pass(60_000)
      expect(await world[question](PEOPLE_PER_MINUTE + 1)).toEqual(SERVED)
    },
  )

  it('both interfaces count together, and each caller for itself', async () => {
    const world = callbackWorld()
    await askAboutMany(world.list, PEOPLE_PER_MINUTE)
    expect(await world.detail(99)).toEqual(LIMITED)
    expect(await world.detail(99, '10.9.9.9')).toEqual(SERVED)
  })

  it('an upload of this desk is served all the same', async () => {
    const world = callbackWorld()
    const { store } = world
    await askAboutMany(world.list, PEOPLE_PER_MINUTE)
    const data = await aFeeDetail({ medOrgOrd: 'MZ77', idNo: person(77) })
    const read = readFeeDetail(data)
    if (!read.ok) throw new Error('not a charge')
    store.charges.save({ medOrgOrd: 'MZ77', idNo: person(77), detailJson: stringifyJson(data), fetchedAtMs: 1 })
    store.book.open('MZ77', {
      patientName: '测试甲',
      idNo: person(77),
      deptName: '',
      drName: '',
      visitTime: '',
      chargeFen: read.value.medfeeSumamt,
      chargeOutsideFen: read.value.medfeeSumamt,
    })
    expect(await world.detail(77)).toEqual(LIMITED)
    store.operations.insert({
      id: 'o1',
      medOrgOrd: 'MZ77',
      kind: 'upload',
      state: 'sent',
      requestId: 'r1',
      requestJson: '{}',
      operatorName: '',
      message: null,
      preparedAtMs: 1,
      endedAtMs: null,
    })
    expect(await world.detail(77)).toEqual(SERVED)
    expect(store.book.find('MZ77')?.feeFingerprint).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the record of answers', () => {
  it('has one row an answer: who, what, of whom as a hash, and the outcome; nothing personal', async () => {
    const world = callbackWorld()
    await world.detail(1)
    await world.detail('unknown')
    await world.list(2)
    await world.ask('2.4', { idNo: person(3), orgCodg: 'H0' })
    await world.ask('2.1', { orgCodg: ORG_CODG })
    const row = (interface_id: string, med_org_ord: string | null, id_hash: string | null, outcome: string) =>
      expect.objectContaining({ at_ms: 1_000_000, caller: CENTRE, interface_id, med_org_ord, id_hash, outcome })
    expect(world.records()).toEqual([
      row('2.1', 'MZ1', null, 'served'),
      row('2.1', 'MZunknown', null, 'notFound'),
      row('2.4', null, hashId(person(2)), 'served'),
      row('2.4', null, hashId(person(3)), 'refused'),
      row('2.1', null, null, 'refused'),
    ])
    for (const secret of [person(1), person(2), person(3), '林小满']) {
      expect(JSON.stringify(world.records())).not.toContain(secret)
    }
  })

  it('nothing is told when it cannot be recorded', async () => {
    const world = callbackWorld()
    world.store.disclosures.add = () => {
      throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })
    }
    const answer = await world.list(1)
    expect(answer).toContain('"code":0')
    expect(answer).not.toContain('medOrgOrd')
  })
})
