import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/table.ts'
import { expectOk, paymentWorld } from '#test/support/payment-world.ts'

const PERSON: Omit<Input<'notices.send'>, 'requestId'> = {
  psnName: '测试乙',
  idType: '01',
  idNo: '99010119900101001X',
  msgType: '1',
  channel: '13',
}

describe('notices', () => {
  it('reach the centre as published, and are in the history with the person masked', async () => {
    const world = await paymentWorld()
    expectOk(await world.call('notices.send', { requestId: randomUUID(), ...PERSON }))
    const [sent] = await world.wire('1.8')
    expect(JSON.parse(sent?.requestBody ?? '')).toMatchObject({ ...PERSON, orgCodg: expect.any(String) })
    const { notices } = expectOk(await world.call('notices.list', {}))
    expect(notices).toMatchObject([{ state: 'succeeded', maskedName: '测*乙', channel: '13' }])
    expect(JSON.stringify(notices)).not.toContain(PERSON.idNo)
  })

  it('an empty channel is left out of the request', async () => {
    const world = await paymentWorld()
    expectOk(await world.call('notices.send', { requestId: randomUUID(), ...PERSON, channel: '' }))
    const [sent] = await world.wire('1.8')
    expect(Object.keys(JSON.parse(sent?.requestBody ?? ''))).not.toContain('channel')
  })

  it('a refusal shows the words of the centre; a lost answer says that it may have arrived', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    await world.control('POST', '/faults', { interface: '1.8', kind: 'refuse', value: '未查到该人员', times: 1 })
    const send = () => world.call('notices.send', { requestId: randomUUID(), ...PERSON })
    expect(await send()).toMatchObject({ ok: false, error: { code: 'CENTRE_REFUSED', message: '未查到该人员' } })
    await world.control('POST', '/faults', { interface: '1.8', kind: 'timeoutAfter', times: 1 })
    expect(await send()).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    const { notices } = expectOk(await world.call('notices.list', {}))
    expect(notices.map(({ state }) => state)).toEqual(['unknown', 'failed'])
  })

  it('one at a time for one person: two windows and a double click are one message', async () => {
    const world = await paymentWorld()
    await world.control('POST', '/faults', { interface: '1.8', kind: 'delay', ms: 300, times: 1 })
    const requestId = randomUUID()
    const press = (id: string) => world.call('notices.send', { requestId: id, ...PERSON })
    const answers = await Promise.all([press(requestId), press(requestId), press(randomUUID())])
    expect(answers.map((answer) => (answer.ok ? 'sent' : answer.error.code))).toEqual(['sent', 'sent', 'ORDER_BUSY'])
    expect(await world.wire('1.8')).toHaveLength(1)
    // Control: afterwards the same person can be told again, so the lock is not what made it one.
    expectOk(await press(randomUUID()))
    expect(await world.wire('1.8')).toHaveLength(2)
  })

  it('every mistake in the form is named', async () => {
    const world = await paymentWorld()
    const answer = await world.call('notices.send', { requestId: randomUUID(), ...PERSON, idType: '身份证', idNo: '' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
    if (!answer.ok) {
      expect(answer.error.message).toContain('idType')
      expect(answer.error.message).toContain('idNo')
    }
    expect(await world.wire('1.8')).toHaveLength(0)
  })
})
