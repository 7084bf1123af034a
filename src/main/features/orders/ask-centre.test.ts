import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CentreClient, CentreOutcome, Exchange, OrderNumbers } from '#main/centre-client/centre-client.ts'
import { openStore } from '#main/store/store.ts'
import type { QueryOrderReply } from '#shared/centre/query-order.ts'
import { fen } from '#shared/domain/money.ts'
import { uploadedProof } from '#shared/domain/order-proof.ts'
import { A_CHARGE } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { CentreAsker, statementOf } from './ask-centre.ts'

const EXCHANGE: Exchange = { startedAtMs: 1, elapsedMs: 2, status: 200, replyBody: '{"code":1}' }

/** What was read of an answer to 1.3; what the desk does not use is left out. */
function reply(over: Partial<QueryOrderReply> = {}): QueryOrderReply {
  return {
    ...{ ordStas: '6', medOrgOrd: 'MZ1', payOrdId: 'ORD1', setlType: 'ALL', hiDocSn: 'S1', hiRgstSn: 'R1' },
    ...{ feeSumamt: fen(4009), fundPay: fen(2150), psnAcctPay: fen(0), ownPayAmt: fen(1859) },
    ...over,
  } as QueryOrderReply
}

const answers = (over?: Partial<QueryOrderReply>): CentreOutcome<QueryOrderReply> => ({
  ...{ outcome: 'succeeded', value: reply(over), drift: [], exchange: EXCHANGE },
})
const failsBecause = (reason: 'notSent' | 'refused', code: string | null): CentreOutcome<QueryOrderReply> => ({
  ...{ outcome: 'failed', reason, code, words: '没有受理', exchange: EXCHANGE },
})
type Unknown = Extract<CentreOutcome<QueryOrderReply>, { outcome: 'unknown' }>
const unknownBecause = (reason: Unknown['reason']): Unknown => ({
  ...{ outcome: 'unknown', reason, words: '没有等到答复', exchange: EXCHANGE },
})

function world({ payOrdId }: { payOrdId: string | null } = { payOrdId: 'ORD1' }) {
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, { now: () => 1_000_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  onTestFinished(() => store.close())
  store.book.open('MZ1', A_CHARGE)
  store.book.change('MZ1', (record) => ({
    record: { ...record, payOrdId, proof: uploadedProof(record.proof), uploadedAtMs: 900_000 },
    entries: [],
  }))
  const asked: (OrderNumbers | undefined)[][] = []
  let outcome = answers({ ordStas: '2' })
  const queryOrder: CentreClient['queryOrder'] = async (numbers, about) => {
    asked.push([numbers, about])
    return outcome
  }
  // The asker asks and does nothing else.
  const asker = new CentreAsker(store, { queryOrder } as CentreClient)
  return {
    store,
    asked,
    ask: (next?: CentreOutcome<QueryOrderReply>, medOrgOrd = 'MZ1') => {
      outcome = next ?? outcome
      return asker.ask(medOrgOrd)
    },
    last: () => store.book.present('MZ1')?.timeline.at(-1),
  }
}

describe('asking the centre', () => {
  it('an order that is not known here is not asked about', async () => {
    const { ask, asked } = world()
    expect(await ask(undefined, 'MZ9')).toMatchObject({ ok: false, error: { code: 'ORDER_NOT_FOUND' } })
    expect(asked).toEqual([])
  })

  it('goes by the number of the centre, every third time by ours, and lets no answer name another order', async () => {
    const { ask, asked } = world()
    for (let times = 0; times < 4; times += 1) await ask(unknownBecause('timeout'))
    const byTheirs = [{ payOrdId: 'ORD1' }, { payOrdId: 'ORD1', medOrgOrd: 'MZ1' }]
    const byOurs = [{ medOrgOrd: 'MZ1' }, { medOrgOrd: 'MZ1' }]
    expect(asked).toEqual([byTheirs, byTheirs, byOurs, byTheirs])
  })

  it('goes by our number while the centre has told none', async () => {
    const { ask, asked } = world({ payOrdId: null })
    await ask()
    expect(asked).toEqual([[{ medOrgOrd: 'MZ1' }, { medOrgOrd: 'MZ1' }]])
  })

  it('two who ask at once put one question and hear the same; a later one puts its own', async () => {
    const { ask, asked } = world()
    const [first, second] = await Promise.all([ask(), ask()])
    expect(second).toBe(first)
    expect(asked).toHaveLength(1)
    await ask()
    expect(asked).toHaveLength(2)
  })

  it('takes the answer in: the order, its history, the raw words, and the next question', async () => {
    const { ask, store } = world()
    const answer = await ask(answers())
    expect(answer).toMatchObject({ ok: true, value: { state: 'settled', hiDocSn: 'S1', amountsFrom: 'query' } })
    const entry = store.book.present('MZ1')?.timeline.find(({ kind }) => kind === 'queryAnswered')
    expect(entry).toMatchObject({ actor: 'centre', data: { ordStas: '6' } })
    expect(store.wireLog.lastReply('MZ1', '1.3')).toBe('{"code":1}')
    expect(store.book.find('MZ1')).toMatchObject({ lastQueryAtMs: 1_000_000, nextQueryAtMs: 1_120_000 })
  })

  it.each([
    [failsBecause('refused', '2001'), 'CENTRE_REFUSED', 'queryRefused', { words: '没有受理', code: '2001' }],
    [failsBecause('refused', null), 'CENTRE_REFUSED', 'queryRefused', { words: '没有受理', code: '' }],
    [failsBecause('notSent', null), 'CENTRE_UNREACHABLE', 'queryFailed', { words: '没有受理' }],
    [unknownBecause('timeout'), 'CENTRE_UNREACHABLE', 'queryFailed', { words: '没有等到答复' }],
    [unknownBecause('connectionLost'), 'CENTRE_UNREACHABLE', 'queryFailed', { words: '没有等到答复' }],
    [unknownBecause('httpStatus'), 'CENTRE_UNREACHABLE', 'queryFailed', { words: '没有等到答复' }],
    [unknownBecause('unreadable'), 'CENTRE_UNREADABLE', 'queryFailed', { words: '没有等到答复' }],
    [unknownBecause('foreign'), 'CENTRE_UNREADABLE', 'queryFailed', { words: '没有等到答复' }],
    [unknownBecause('tooLarge'), 'CENTRE_UNREADABLE', 'queryFailed', { words: '没有等到答复' }],
  ] as const)('without an answer the order stays, and says why: %#', async (outcome, code, kind, data) => {
    const { ask, last, store } = world()
    expect(await ask(outcome)).toMatchObject({ ok: false, error: { code, message: data.words } })
    expect(last()).toMatchObject({ kind, actor: kind === 'queryRefused' ? 'centre' : 'desk', data })
    expect(store.book.find('MZ1')).toMatchObject({ state: 'uploaded', queryAttempts: 1, lastQueryAtMs: 1_000_000 })
  })
})

describe('the answer as evidence', () => {
  it('is what was told, in our words', () => {
    expect(statementOf(reply())).toEqual({
      ...{ source: 'query', ordStas: '6', setlType: 'ALL', payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'R1' },
      amounts: expect.objectContaining({ feeSumFen: 4009, fundFen: 2150, accountFen: 0, ownPayFen: 1859 }),
    })
  })

  it('has null where nothing was told, no type where it is none of ours, and mdtrtId for the registration', () => {
    const silent = { payOrdId: undefined, hiDocSn: undefined, hiRgstSn: undefined, mdtrtId: 'R2', setlType: 'OTHER' }
    expect(statementOf(reply(silent))).toMatchObject({
      ...{ payOrdId: null, hiDocSn: null, hiRgstSn: 'R2', setlType: null },
    })
    expect(statementOf(reply({ hiRgstSn: undefined, mdtrtId: undefined })).hiRgstSn).toBeNull()
  })
})
