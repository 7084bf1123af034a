import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvidence, FRESH_PROOF, type OrderEvidence, type OrderProof, uploadedProof } from './order-proof.ts'
import { type LegState, type OrderState, SETL_TYPES, type SetlType } from './order-status.ts'
import { NO_AMOUNTS } from './settlement.ts'

/**
 * What each code proves when it is heard after a proof, written from ../spec/dictionaries.md by hand: for both legs
 * (ALL, or no type told), cash only, insurance only. A cell is state, insurance leg, cash leg; `!` is suspense;
 * `=` leaves everything as it was. `?`, `-`, `o`, `p`, `h`, `r`: the leg is not told, none, open, paid, half refunded,
 * refunded. Orders began with an upload, so that both legs were open.
 */
const FIRST = `
  code  ALL                       CASH                     HI
  0     uploaded oo               uploaded oo              uploaded oo
  1     uploaded oo               uploaded oo              uploaded oo
  2     paying oo                 paying oo                paying oo
  3     partlySettled op          settled -p               !
  4     partlySettled po          !                        settled p-
  5     settled pp                settled -p               settled p-
  6     settled pp                settled -p               settled p-
  7     refunded rr               refunded -r              refunded r-
  8     partlyRefunded rp         !                        refunded r-
  9     partlyRefunded pr         refunded -r              !
  10    partlyRefunded ph         partlyRefunded -h        !
  11    partlyRefunded rh         !                        !
  12    revoked --                revoked --               revoked --
  13    revoked -?                !                        revoked --
  14    =                         =                        =
  15    failed --                 failed --                failed --
  16    partlySettled -p          !                        !
  17    =                         =                        =
  18    =                         =                        =
`

/** The same after a settlement with this type (6): money never goes back to having been none. */
const AFTER_SETTLED = `
  code  ALL                       CASH                     HI
  0     =                         =                        =
  1     =                         =                        =
  2     =                         =                        =
  3     =                         =                        !
  4     =                         !                        =
  5     =                         =                        =
  6     =                         =                        =
  7     refunded rr               refunded -r              refunded r-
  8     partlyRefunded rp         !                        refunded r-
  9     partlyRefunded pr         refunded -r              !
  10    partlyRefunded ph         partlyRefunded -h        !
  11    partlyRefunded rh         !                        !
  12    !                         !                        !
  13    !                         !                        !
  14    =                         =                        =
  15    =                         =                        =
  16    =                         !                        !
  17    =                         =                        =
  18    =                         =                        =
`

const LEGS: Readonly<Record<string, LegState>> = {
  ...{ '?': 'unknown', '-': 'none', o: 'open', p: 'paid', h: 'partlyRefunded', r: 'refunded' },
}

type Cell = { readonly state: OrderState; readonly legs?: { insurance: LegState; cash: LegState } } | 'unchanged'

function readTable(table: string): readonly (readonly [string, SetlType, Cell])[] {
  const [, ...rows] = table.trim().split('\n')
  return rows.flatMap((row) => {
    const [code = '', ...cells] = row.trim().split(/\s{2,}/)
    return (['ALL', 'CASH', 'HI'] as const).map((type, place) => [code, type, readCell(cells[place] ?? '')] as const)
  })
}

function readCell(cell: string): Cell {
  if (cell === '=') return 'unchanged'
  if (cell === '!') return { state: 'suspense' }
  const [state = '', [insurance = '', cash = ''] = ''] = cell.split(' ')
  return { state: state as OrderState, legs: { insurance: LEGS[insurance] ?? 'failed', cash: LEGS[cash] ?? 'failed' } }
}

const say = (ordStas: string, setlType: SetlType | null, source: OrderEvidence['source'] = 'query'): OrderEvidence => ({
  ...{ source, ordStas, setlType },
  amounts: NO_AMOUNTS,
})
const UPLOADED = uploadedProof(FRESH_PROOF)

function expectCell(before: OrderProof, after: OrderProof, expected: Cell, code: string): void {
  if (expected === 'unchanged')
    expect(after).toEqual({ ...before, lastOrdStas: code, ruledOut: after.ruledOut, ordStas: after.ordStas })
  else expect(after).toMatchObject(expected)
}

describe('what each code proves', () => {
  test('the tables have every code of the dictionary, an unlisted one, and every settlement type', () => {
    for (const table of [FIRST, AFTER_SETTLED]) {
      expect(new Set(readTable(table).map(([code]) => code)).size).toBe(19)
      expect(readTable(table)).toHaveLength(19 * 3)
    }
  })

  test.each(readTable(FIRST))('of an uploaded order: %s, %s', (code, type, expected) => {
    expectCell(UPLOADED, applyEvidence(UPLOADED, say(code, type)), expected, code)
  })

  test.each(readTable(FIRST).filter(([, type]) => type === 'ALL'))(
    'of an uploaded order, no type told: %s',
    (code, _type, expected) => {
      expectCell(UPLOADED, applyEvidence(UPLOADED, say(code, null)), expected, code)
    },
  )

  test.each(readTable(AFTER_SETTLED))('of a settled order: %s, %s', (code, type, expected) => {
    const settled = applyEvidence(UPLOADED, say('6', type))
    expectCell(settled, applyEvidence(settled, say(code, type)), expected, code)
    // A message that leaves the type out is read as one of this order's type.
    expectCell(settled, applyEvidence(settled, say(code, null)), expected, code)
  })
})

describe('the lattice, with settlement types told, left out and contradicting', () => {
  const anyEvidence = fc.record({
    ordStas: fc.constantFrom(...Array.from({ length: 19 }, (_, code) => String(code))),
    setlType: fc.constantFrom<SetlType | null>(null, null, ...SETL_TYPES),
    source: fc.constantFrom<OrderEvidence['source']>('query', 'callback'),
  })
  const told = fc.array(anyEvidence, { maxLength: 6 })
  const proved = (list: readonly { ordStas: string; setlType: SetlType | null; source: OrderEvidence['source'] }[]) =>
    list.map(({ ordStas, setlType, source }) => say(ordStas, setlType, source)).reduce(applyEvidence, UPLOADED)
  const essence = ({ state, legs, setlType }: OrderProof) =>
    state === 'suspense' ? { state } : { state, legs, setlType }

  test('the order of telling changes nothing', () => {
    const shuffled = told.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(essence(proved(other))).toEqual(essence(proved(list)))
      }),
      { numRuns: 20_000 },
    )
  })

  test('telling anything again, any time later, changes nothing', () => {
    fc.assert(
      fc.property(told, fc.nat(), (list, place) => {
        const again = list[place % Math.max(1, list.length)]
        if (again !== undefined) expect(essence(proved([...list, again]))).toEqual(essence(proved(list)))
      }),
      { numRuns: 5000 },
    )
  })

  /** Written out here, so that a change of the product's own order is noticed. */
  const UPWARDS = ['created', 'uploaded', 'paying', 'failed', 'revoked', 'partlySettled', 'settled', 'partlyRefunded']
  const height = (state: OrderState) => [...UPWARDS, 'refunded', 'suspense'].indexOf(state)

  test('no evidence moves the state down', () => {
    fc.assert(
      fc.property(told, anyEvidence, (list, last) => {
        const before = proved(list)
        expect(height(proved([...list, last]).state)).toBeGreaterThanOrEqual(height(before.state))
      }),
      { numRuns: 5000 },
    )
  })

  test('control: the last message wins would not pass', () => {
    const lastWins = (list: readonly OrderEvidence[]) => list.at(-1)?.ordStas
    expect(lastWins([say('6', null), say('2', null)])).not.toBe(lastWins([say('2', null), say('6', null)]))
  })
})
