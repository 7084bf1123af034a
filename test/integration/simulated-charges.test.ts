import { afterEach, expect, it } from 'vitest'
import { startListener } from '#main/callback-listener/start-listener.ts'
import { createCentreClient } from '#main/centre-client/create-centre-client.ts'
import { systemTimers } from '#main/desk/system-timers.ts'
import { createHisSource } from '#main/his/create-his-source.ts'
import type { HisSource } from '#main/his/his-source.ts'
import { createTransport } from '#main/http/transport.ts'
import { readFeeDetailRequest } from '#shared/centre/fee-detail.ts'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { systemClock } from '#shared/domain/time.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { hisParts } from '#test/support/his-parts.ts'

const SETTINGS = settingsSchema.parse({ environment: 'simulated' })
const EC_TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function keep<T extends { close(): unknown }>(one: T): T {
  open.push(one)
  return one
}

/** 2.1 as the app answers it, without a store. */
async function answerFeeDetail(his: HisSource, body: string): Promise<string> {
  const asked = readFeeDetailRequest(body)
  const found = asked.ok ? await his.charge(asked.value.medOrgOrd) : undefined
  const detail = found?.ok === true ? found.value?.detailJson : undefined
  return detail === undefined ? '{"code":0,"message":"没有这笔待缴费"}' : `{"code":1,"message":"成功","data":${detail}}`
}

async function startWorld(settings: Settings) {
  const his = keep(createHisSource(settings, hisParts()))
  const listener = keep(
    await startListener({
      settings: { ...settings.listener, port: 0 },
      handler: async ({ body }) => ({ status: 200, body: await answerFeeDetail(his, body) }),
      clock: systemClock,
    }),
  )
  const callbackBase = () => (listener.status.state === 'listening' ? listener.status.url : '')
  const { appId, orgCodg, orgName, paths } = settings.centre
  const callbacks = { callbackBase, callbackPaths: settings.listener.paths, callbackPauseMs: 5 }
  const centre = keep(await startCentre({ port: 0, appId, orgCodg, orgName, paths, payAfterMs: null, ...callbacks }))
  const transport = createTransport(centre.baseUrl)
  const tools = { transport, clock: systemClock, timers: systemTimers, random: Math.random }
  const client = keep(createCentreClient(settings.centre, tools))
  return { his, listener, client }
}

it('the centre takes the upload of every simulated charge, and a query tells the same order', async () => {
  const { his, listener, client } = await startWorld(SETTINGS)
  const pending = await his.pendingCharges({})
  const charges = pending.ok ? pending.value : []
  expect(charges.length).toBeGreaterThanOrEqual(12)
  for (const { detail } of charges) {
    const uploaded = await client.uploadFees({ medOrgOrd: detail.medOrgOrd, ecToken: EC_TOKEN })
    expect([detail.userName, uploaded]).toEqual([detail.userName, expect.objectContaining({ outcome: 'succeeded' })])
    const queried = await client.queryOrder({ medOrgOrd: detail.medOrgOrd })
    expect(queried).toMatchObject({ outcome: 'succeeded', value: { medOrgOrd: detail.medOrgOrd } })
  }
  expect(listener.counts().accepted).toBe(charges.length)
  const revoked = await client.revokeUpload({ medOrgOrd: charges[0]?.detail.medOrgOrd })
  expect(revoked).toMatchObject({ outcome: 'succeeded' })
})

it('control: a charge that the hospital does not know is refused by the centre, in its words', async () => {
  const { client } = await startWorld(SETTINGS)
  const uploaded = await client.uploadFees({ medOrgOrd: 'MZ20261123999999', ecToken: EC_TOKEN })
  expect(uploaded).toMatchObject({ outcome: 'failed', reason: 'refused', words: expect.stringMatching(/\S/) })
})
