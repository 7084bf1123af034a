import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen } from './money.ts'
import {
  applyEvidence,
  FRESH_PROOF,
  fillAmounts,
  inSuspense,
  type OrderEvidence,
  type OrderProof,
  uploadedProof,
} from './order-proof.ts'
import { SETL_TYPES, type SetlType } from './order-status.ts'
import { NO_AMOUNTS, type SettlementAmounts } from './settlement.ts'

const UPLOADED = uploadedProof(FRESH_PROOF)
const LISTED = Array.from({ length: 18 }, (_, code) => String(code))

/** The published callback of 2.2; the published query of 1.3 names 39.09 instead (Q15). */
const CALLBACK_AMOUNTS: SettlementAmounts = {
  feeSumFen: fen(4009),
  fundFen: fen(2150),
  accountFen: fen(0),
  ownPayFen: fen(1759),
  outOfCatalogueFen: fen(0),
  prepaidFen: fen(100),
}
const QUERY_AMOUNTS: SettlementAmounts = {
  ...CALLBACK_AMOUNTS,
  feeSumFen: fen(3909),
  outOfCatalogueFen: null,
  prepaidFen: null,
}

function query(ordStas: string, over: Partial<OrderEvidence> = {}): OrderEvidence {
  return { source: 'query', ordStas, setlType: 'ALL', amounts: NO_AMOUNTS, ...over }
}

function heard(start: OrderProof, ...evidence: readonly OrderEvidence[]): OrderProof {
  return evidence.reduce(applyEvidence, start)
}

/** What must not depend on the order in which things were heard. In suspense the legs stay as they stood. */
function essence({ state, legs, suspense }: OrderProof) {
  return suspense === null ? { state, legs } : { state }
}

describe('the lattice', () => {
  const starts = [FRESH_PROOF, UPLOADED]
  const anyStart = fc.constantFrom(...starts)
  const anySetlType = fc.constantFrom<SetlType | null>(null, ...SETL_TYPES)
  const anyCode = fc.constantFrom(...LISTED, '18', '99')

  test('any two codes prove the same in either order', () => {
    for (const start of starts)
      for (const setlType of [null, ...SETL_TYPES])
        for (const first of LISTED)
          for (const second of LISTED) {
            const [a, b] = [query(first, { setlType }), query(second, { setlType })]
            expect(essence(heard(start, a, b)), `${setlType}: ${first}, ${second}`).toEqual(essence(heard(start, b, a)))
          }
  })

  test('any evidence proves the same in any order', () => {
    const anyHeard = fc.array(anyCode, { minLength: 2, maxLength: 6 }).chain((codes) =>
      fc.record({
        codes: fc.constant(codes),
        shuffled: fc.shuffledSubarray(codes, { minLength: codes.length, maxLength: codes.length }),
      }),
    )
    fc.assert(
      fc.property(anyStart, anySetlType, anyHeard, (start, setlType, { codes, shuffled }) => {
        const proved = (list: string[]) => heard(start, ...list.map((code) => query(code, { setlType })))
        expect(essence(proved(shuffled))).toEqual(essence(proved(codes)))
      }),
      { numRuns: 2000 },
    )
  })

  const anyAmounts = fc.constantFrom(NO_AMOUNTS, QUERY_AMOUNTS, CALLBACK_AMOUNTS)
  const anyEvidence: fc.Arbitrary<OrderEvidence> = fc.record({
    source: fc.constantFrom('query', 'callback'),
    ordStas: anyCode,
    setlType: anySetlType,
    amounts: anyAmounts,
  })

  test('the same evidence twice changes nothing', () => {
    fc.assert(
      fc.property(anyStart, fc.array(anyEvidence, { maxLength: 5 }), anyEvidence, (start, before, evidence) => {
        const once = heard(start, ...before, evidence)
        expect(applyEvidence(once, evidence)).toEqual(once)
      }),
      { numRuns: 2000 },
    )
  })

  test('suspense is never left, and keeps its first reason', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 5 }), (evidence) => {
        const proof = heard(inSuspense(UPLOADED, 'foreignPayOrdId'), ...evidence)
        return proof.state === 'suspense' && proof.suspense === 'foreignPayOrdId'
      }),
    )
    expect(inSuspense(inSuspense(UPLOADED, 'amountsDiffer'), 'callbackConflict').suspense).toBe('amountsDiffer')
  })

  test('a leg that has money never goes back to having none', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 4 }), anyEvidence, (before, evidence) => {
        const first = heard(UPLOADED, ...before)
        const second = applyEvidence(first, evidence)
        if (first.setlType === null || second.suspense !== null) return
        for (const leg of ['insurance', 'cash'] as const) {
          if (first.legs[leg] === 'paid') expect(['paid', 'partlyRefunded', 'refunded']).toContain(second.legs[leg])
          if (first.legs[leg] === 'refunded') expect(second.legs[leg]).toBe('refunded')
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('an upload', () => {
  test('opens both legs', () => {
    expect(UPLOADED).toMatchObject({ state: 'uploaded', legs: { insurance: 'open', cash: 'open' }, ordStas: null })
  })

  test('told late does not undo what is proved already', () => {
    const settled = heard(UPLOADED, query('6'))
    expect(uploadedProof(settled)).toBe(settled)
  })

  test('whose payment ends without money leaves no leg open', () => {
    for (const code of ['12', '15']) {
      expect(heard(UPLOADED, query(code)).legs).toEqual({ insurance: 'none', cash: 'none' })
    }
    expect(heard(UPLOADED, query('13')).legs).toEqual({ insurance: 'none', cash: 'unknown' })
  })

  test('and is revoked with the cash not told stays so, however late an earlier code arrives', () => {
    for (const late of ['0', '1', '2']) {
      expect(heard(UPLOADED, query('13'), query(late)).legs).toEqual({ insurance: 'none', cash: 'unknown' })
    }
  })
})

describe('late and repeated evidence', () => {
  test('a late 2 after 6 changes nothing but the code heard last', () => {
    const settled = heard(UPLOADED, query('6', { amounts: CALLBACK_AMOUNTS }))
    expect(heard(settled, query('2', { amounts: QUERY_AMOUNTS }))).toEqual({ ...settled, lastOrdStas: '2' })
  })

  test('3 then 4 is settled, and 4 then 3 as well', () => {
    for (const codes of [
      ['3', '4'],
      ['4', '3'],
    ]) {
      expect(heard(UPLOADED, ...codes.map((code) => query(code)))).toMatchObject({
        state: 'settled',
        legs: { insurance: 'paid', cash: 'paid' },
        suspense: null,
      })
    }
  })

  test('3 alone is half done: cash taken, insurance still open', () => {
    expect(heard(UPLOADED, query('2'), query('3'))).toMatchObject({
      state: 'partlySettled',
      legs: { insurance: 'open', cash: 'paid' },
    })
  })

  test('after 16 the insurance leg waits no longer', () => {
    expect(heard(UPLOADED, query('3'), query('16'))).toMatchObject({
      state: 'partlySettled',
      legs: { insurance: 'none', cash: 'paid' },
    })
  })

  test('4 is final for setlType HI, and the cash leg does not exist', () => {
    expect(heard(UPLOADED, query('4', { setlType: 'HI' }))).toMatchObject({
      state: 'settled',
      legs: { insurance: 'paid', cash: 'none' },
    })
  })

  test('two half refunds make a whole one', () => {
    expect(heard(UPLOADED, query('6'), query('8'), query('9'))).toMatchObject({
      state: 'refunded',
      legs: { insurance: 'refunded', cash: 'refunded' },
    })
  })

  test('an unlisted code proves nothing and is kept (Q20)', () => {
    expect(heard(UPLOADED, query('99'))).toEqual({ ...UPLOADED, lastOrdStas: '99' })
    const settled = heard(UPLOADED, query('6'))
    expect(heard(settled, query('99'))).toEqual({ ...settled, lastOrdStas: '99' })
  })

  test.each(['14', '17'])('%s proves nothing by itself and is kept', (code) => {
    expect(heard(UPLOADED, query(code))).toEqual({ ...UPLOADED, lastOrdStas: code })
  })
})

describe('contradictions', () => {
  test.each([
    ['12', '6'],
    ['6', '12'],
    ['12', '3'],
    ['4', '13'],
    ['7', '12'],
  ])('%s then %s is suspense: paid, and yet revoked', (first, second) => {
    expect(heard(UPLOADED, query(first), query(second))).toMatchObject({
      state: 'suspense',
      suspense: 'paidYetRevoked',
      lastOrdStas: second,
    })
  })

  test('another settlement type is suspense', () => {
    expect(heard(UPLOADED, query('6'), query('6', { setlType: 'HI' })).suspense).toBe('setlTypeDiffers')
  })

  test('a settlement type that was forecast before the payment binds nobody', () => {
    const proof = heard(UPLOADED, query('1', { setlType: 'ALL' }), query('2', { setlType: 'ALL' }))
    expect(proof.setlType).toBeNull()
    expect(heard(proof, query('6', { setlType: 'HI' }))).toMatchObject({ state: 'settled', setlType: 'HI' })
  })

  test('a settlement type that was not told contradicts nothing', () => {
    const proof = heard(
      UPLOADED,
      query('2', { setlType: null }),
      query('6', { setlType: 'HI' }),
      query('6', { setlType: null }),
    )
    expect(proof).toMatchObject({ state: 'settled', setlType: 'HI', legs: { insurance: 'paid', cash: 'none' } })
  })

  test('money on a leg that does not exist is suspense', () => {
    expect(heard(UPLOADED, query('3', { setlType: 'HI' })).suspense).toBe('impossibleStatus')
  })
})

describe('amounts', () => {
  const asked = query('6', { setlType: 'HI', amounts: QUERY_AMOUNTS })
  const told: OrderEvidence = { source: 'callback', ordStas: '6', setlType: 'HI', amounts: CALLBACK_AMOUNTS }

  test.each([
    ['query first', [asked, told]],
    ['callback first', [told, asked]],
  ])('a query of 39.09 against a callback of 40.09 is a warning, and the callback counts (Q15): %s', (_name, both) => {
    expect(heard(UPLOADED, ...both)).toMatchObject({
      state: 'settled',
      suspense: null,
      amountsWarning: true,
      amounts: CALLBACK_AMOUNTS,
      amountsFrom: 'callback',
    })
  })

  test('a part that the query cannot name is no difference', () => {
    const same = { ...asked, amounts: { ...CALLBACK_AMOUNTS, outOfCatalogueFen: null, prepaidFen: null } }
    expect(heard(UPLOADED, told, same)).toMatchObject({ amountsWarning: false, amounts: CALLBACK_AMOUNTS })
  })

  test('two callbacks with other money are suspense, and the first stays', () => {
    const other = { ...told, amounts: { ...CALLBACK_AMOUNTS, ownPayFen: fen(1760) } }
    const proof = heard(UPLOADED, told, other)
    expect(proof).toMatchObject({ state: 'suspense', suspense: 'amountsDiffer', amounts: CALLBACK_AMOUNTS })
  })

  test('the same callback twice is not', () => {
    expect(heard(UPLOADED, told, told)).toEqual(heard(UPLOADED, told))
  })

  test('before the settlement they are a forecast that the next answer replaces', () => {
    const forecast = heard(UPLOADED, query('1', { setlType: 'HI', amounts: QUERY_AMOUNTS }))
    expect(forecast).toMatchObject({ amounts: QUERY_AMOUNTS, amountsFrom: null })
    expect(heard(forecast, told)).toMatchObject({
      amounts: CALLBACK_AMOUNTS,
      amountsFrom: 'callback',
      amountsWarning: false,
    })
  })

  test('are filled part by part', () => {
    expect(fillAmounts({ ...NO_AMOUNTS, fundFen: fen(0) }, CALLBACK_AMOUNTS)).toEqual({
      ...CALLBACK_AMOUNTS,
      fundFen: 0,
    })
  })
})
