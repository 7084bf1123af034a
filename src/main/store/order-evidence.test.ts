import { describe, expect, it } from 'vitest'
import { FRESH_PROOF, type OrderProof, uploadedProof } from '#shared/domain/order-proof.ts'
import { anOrder, aStatement } from '#test/support/an-order.ts'
import { withForeignStatement, withStatement } from './order-evidence.ts'

const UPLOADED = uploadedProof(FRESH_PROOF)
const REVOKED: OrderProof = { ...UPLOADED, state: 'revoked', legs: { insurance: 'none', cash: 'none' }, ordStas: '12' }

describe('a statement about this attempt', () => {
  it('gives the numbers that were not known, and joins what it proves', () => {
    const after = withStatement(anOrder({ proof: UPLOADED }), aStatement())
    expect(after).toMatchObject({ payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'R1', proof: { state: 'settled' } })
  })

  it('replaces no number that is known, and takes none away', () => {
    const known = { payOrdId: 'ORD1', hiDocSn: 'S0', hiRgstSn: 'R0', proof: UPLOADED }
    expect(withStatement(anOrder(known), aStatement())).toMatchObject({ hiDocSn: 'S0', hiRgstSn: 'R0' })
    const silent = { payOrdId: null, hiDocSn: null, hiRgstSn: null }
    expect(withStatement(anOrder(known), aStatement(silent))).toMatchObject({
      payOrdId: 'ORD1',
      hiDocSn: 'S0',
      hiRgstSn: 'R0',
      proof: { state: 'settled' },
    })
  })

  it('ends the alarm of a sum that failed when a callback adds up; a query cannot', () => {
    const failing = anOrder({ proof: UPLOADED, identityFailed: '不平' })
    expect(withStatement(failing, aStatement()).identityFailed).toBeNull()
    expect(withStatement(failing, aStatement({ source: 'query' })).identityFailed).toBe('不平')
  })
})

describe('a statement under another centre number', () => {
  it.each(['6', '3', '8', '7', '17'])('with code %s tells of money: suspense while ours is open', (ordStas) => {
    const after = withStatement(anOrder({ payOrdId: 'ORD0', proof: UPLOADED }), aStatement({ ordStas }))
    expect(after).toMatchObject({ payOrdId: 'ORD0', proof: { state: 'suspense', suspense: 'foreignPayOrdId' } })
  })

  it.each(['1', '2', '12', '15', '14'])('with code %s tells of none: nothing changes', (ordStas) => {
    const before = anOrder({ payOrdId: 'ORD0', proof: UPLOADED })
    expect(withStatement(before, aStatement({ ordStas }))).toBe(before)
  })

  it('with an unlisted code is suspense: nobody guesses that it is no money', () => {
    const after = withForeignStatement(anOrder({ proof: UPLOADED }), aStatement({ ordStas: '99' }))
    expect(after.proof.suspense).toBe('foreignPayOrdId')
  })

  it.each(['revoked', 'failed'] as const)(
    'money after ours ended %s is a new attempt with its own numbers',
    (state) => {
      const ended = anOrder({ payOrdId: 'ORD0', hiDocSn: 'S0', hiRgstSn: 'R0', proof: { ...REVOKED, state } })
      expect(withStatement(ended, aStatement())).toMatchObject({
        payOrdId: 'ORD1',
        hiDocSn: 'S1',
        hiRgstSn: 'R1',
        proof: { state: 'settled', suspense: null },
      })
    },
  )

  it('no money after ours was revoked changes nothing', () => {
    const ended = anOrder({ payOrdId: 'ORD0', proof: REVOKED })
    expect(withStatement(ended, aStatement({ ordStas: '2' }))).toBe(ended)
  })

  it('control: the same number is this attempt, and a statement without one is too', () => {
    const ours = anOrder({ payOrdId: 'ORD1', proof: UPLOADED })
    expect(withStatement(ours, aStatement()).proof.state).toBe('settled')
    expect(withStatement(ours, aStatement({ payOrdId: null })).proof.state).toBe('settled')
  })
})
