import { describe, expect, test } from 'vitest'
import {
  existingLegs,
  holdsMoney,
  isTerminal,
  mayRevoke,
  mayUpload,
  ORDER_STATES,
  type OrderState,
  readOrdStas,
  SETL_TYPES,
} from './order-status.ts'

/**
 * The dictionary of ordStas for each settlement type, written out: state, insurance leg, cash leg. `?` the code does
 * not say. Columns: both legs (ALL, or not told), cash only (CASH), insurance only (HI).
 */
const TABLE = `
  0  uploaded none none                 | uploaded none none             | uploaded none none
  1  uploaded none none                 | uploaded none none             | uploaded none none
  2  paying ? ?                         | paying none ?                  | paying ? none
  3  partlySettled none paid            | settled none paid              | suspense ? ?
  4  partlySettled paid ?               | suspense ? ?                   | settled paid none
  5  settled paid paid                  | settled none paid              | settled paid none
  6  settled paid paid                  | settled none paid              | settled paid none
  7  refunded refunded refunded         | refunded none refunded         | refunded refunded none
  8  partlyRefunded refunded paid       | suspense ? ?                   | refunded refunded none
  9  partlyRefunded paid refunded       | refunded none refunded         | suspense ? ?
  10 partlyRefunded paid partlyRefunded | partlyRefunded none partlyRefunded | suspense ? ?
  11 partlyRefunded refunded partlyRefunded | suspense ? ?               | suspense ? ?
  12 revoked none none                  | revoked none none              | revoked none none
  13 revoked none ?                     | suspense ? ?                   | revoked none none
  14 unknown ? ?                        | unknown none ?                 | unknown ? none
  15 failed none none                   | failed none none               | failed none none
  16 partlySettled none paid            | suspense ? ?                   | suspense ? ?
  17 refunding ? ?                      | refunding none ?               | refunding ? none
`

const rows = TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [both = '', cash = '', insurance = ''] = line.trim().split('|')
    const [code = '', ...reading] = both.trim().split(/\s+/)
    return [
      [code, null, reading],
      [code, 'ALL', reading],
      [code, 'CASH', cash.trim().split(/\s+/)],
      [code, 'HI', insurance.trim().split(/\s+/)],
    ] as const
  })

const said = (leg: string | undefined) => (leg === '?' ? 'unknown' : leg)

describe('readOrdStas', () => {
  test('the table names every code and every settlement type', () => {
    expect(rows).toHaveLength(18 * (SETL_TYPES.length + 1))
  })

  test.each(rows)('code %s, setlType %s', (code, setlType, [state, insurance, cash]) => {
    expect(readOrdStas(code, setlType)).toEqual({
      state,
      legs: { insurance: said(insurance), cash: said(cash) },
    })
  })

  test.each(['18', '-1', '06', '', ' 6', 'PAID', '__proto__', 'toString', 'constructor'])(
    'the unlisted code "%s" is never guessed (Q20)',
    (code) => {
      for (const setlType of [null, ...SETL_TYPES]) expect(readOrdStas(code, setlType)).toBeUndefined()
    },
  )
})

test('a leg that the settlement type does not have is none by design', () => {
  const legs = { insurance: 'open', cash: 'open' } as const
  expect(existingLegs(legs, null)).toEqual(legs)
  expect(existingLegs(legs, 'ALL')).toEqual(legs)
  expect(existingLegs(legs, 'HI')).toEqual({ insurance: 'open', cash: 'none' })
  expect(existingLegs(legs, 'CASH')).toEqual({ insurance: 'none', cash: 'open' })
})

describe('what a state allows', () => {
  const states = (holds: (state: OrderState) => boolean) => ORDER_STATES.filter(holds)

  test('upload only where nothing was paid and nothing is pending', () => {
    expect(states(mayUpload)).toEqual(['created', 'revoked', 'failed'])
  })

  test('revoke only while the patient has not paid', () => {
    expect(states(mayRevoke)).toEqual(['uploaded', 'paying'])
  })

  test('no further asking after an end, and never an end while unknown or in suspense', () => {
    expect(states(isTerminal)).toEqual(['created', 'settled', 'revoked', 'failed', 'refunded'])
  })

  test('money is held from the first paid leg to the last refunded one', () => {
    expect(states(holdsMoney)).toEqual(['settled', 'partlySettled', 'refunding', 'partlyRefunded'])
    expect(states((state) => holdsMoney(state) && (mayUpload(state) || mayRevoke(state)))).toEqual([])
  })
})
