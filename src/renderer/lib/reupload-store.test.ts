import { describe, expect, test } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { anOrder, CHARGE_NO, fakeApp, fakeClient, NOW_MS } from '#test/support/window-fixtures.ts'
import { createReuploadStore } from './reupload-store.ts'
import { DISCONNECTED } from './transport.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const CHANGED = anOrder({
  state: 'uploaded',
  feeChanged: true,
  may: { upload: false, revoke: true, query: true },
})

function desk(handlers: Parameters<typeof fakeClient>[0] = {}) {
  const clock = { nowMs: NOW_MS }
  const fake = fakeClient({ 'counter.reupload': () => ok(CHANGED), ...handlers })
  const store = createReuploadStore({ client: fake.client, app: fakeApp(clock) })
  const sent = () => fake.calls.map(({ input }) => input as { requestId: string })
  return { clock, state: store.getState, sent }
}

describe('a charge that changed after its upload', () => {
  test('is uploaded again with a scan and a key, and with neither alone', async () => {
    const { state, sent } = desk()
    await state().scanned({ kind: 'scan', text: TOKEN })
    await state().confirm()
    state().start(CHANGED)
    await state().confirm()
    expect(sent()).toEqual([])
    expect(state().cue).toContain('还没有扫码')
    await state().scanned({ kind: 'scan', text: TOKEN })
    await state().confirm()
    expect(sent()).toMatchObject([{ medOrgOrd: CHARGE_NO, ecToken: TOKEN }])
    expect(state()).toMatchObject({ medOrgOrd: null, token: null })
  })

  test('is not asked about where nothing changed or nothing may be revoked', () => {
    const { state } = desk()
    state().start(anOrder({ ...CHANGED, feeChanged: false }))
    state().start(anOrder({ ...CHANGED, may: { upload: false, revoke: false, query: true } }))
    expect(state().medOrgOrd).toBeNull()
  })

  test('keeps its requestId when the answer was lost, and drops a code of five minutes', async () => {
    const answers = [err(DISCONNECTED), ok(CHANGED)]
    const { state, sent, clock } = desk({ 'counter.reupload': () => answers.shift() ?? ok(CHANGED) })
    state().start(CHANGED)
    await state().scanned({ kind: 'scan', text: TOKEN })
    await state().confirm()
    await state().confirm()
    expect(new Set(sent().map(({ requestId }) => requestId)).size).toBe(1)
    state().start(CHANGED)
    await state().scanned({ kind: 'scan', text: TOKEN })
    clock.nowMs += 300_000
    await state().confirm()
    expect(sent()).toHaveLength(2)
    expect(state().token).toBeNull()
  })
})
