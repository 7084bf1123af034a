import { describe, expect, it } from 'vitest'
import { applyEvidence, FRESH_PROOF, uploadedProof } from './order-proof.ts'
import { ORDER_STATES, SETL_TYPES, type SetlType } from './order-status.ts'
import { viewOrderState } from './order-view.ts'
import { nextRefundStep, ordStasAfterRefund, REFUND_TYPES, type RefundPosition, refundObstacle } from './refund-step.ts'
import { NO_AMOUNTS } from './settlement.ts'

function heard(setlType: SetlType, ...codes: readonly string[]): RefundPosition {
  const proof = codes.reduce(
    (before, ordStas) => applyEvidence(before, { source: 'query', ordStas, setlType, amounts: NO_AMOUNTS }),
    uploadedProof(FRESH_PROOF),
  )
  return { ...proof, state: viewOrderState(proof, undefined) }
}

const legal = (order: RefundPosition) => REFUND_TYPES.filter((type) => refundObstacle(order, type) === undefined)

describe('what may be refunded', () => {
  // ordStas, setlType, what is legal, the one next step of a half state
  const TABLE: readonly [string, SetlType, readonly string[], string | undefined][] = [
    ['0', 'ALL', [], undefined],
    ['1', 'ALL', [], undefined],
    ['2', 'ALL', [], undefined],
    ['3', 'ALL', ['CASH'], 'CASH'],
    ['4', 'ALL', ['HI'], 'HI'],
    ['5', 'ALL', ['ALL', 'HI'], undefined],
    ['6', 'ALL', ['ALL', 'HI'], undefined],
    ['7', 'ALL', [], undefined],
    ['8', 'ALL', ['CASH'], 'CASH'],
    ['9', 'ALL', ['HI'], 'HI'],
    ['10', 'ALL', ['HI'], 'HI'],
    ['11', 'ALL', ['CASH'], 'CASH'],
    ['12', 'ALL', [], undefined],
    ['13', 'ALL', [], undefined],
    ['14', 'ALL', [], undefined],
    ['15', 'ALL', [], undefined],
    ['16', 'ALL', ['CASH'], 'CASH'],
    ['17', 'ALL', [], undefined],
    ['4', 'HI', ['ALL', 'HI'], undefined],
    ['6', 'HI', ['ALL', 'HI'], undefined],
    ['8', 'HI', [], undefined],
    ['3', 'CASH', ['ALL', 'CASH'], undefined],
    ['6', 'CASH', ['ALL', 'CASH'], undefined],
    ['9', 'CASH', [], undefined],
    ['3', 'HI', [], undefined],
    ['66', 'ALL', [], undefined],
  ]
  it.each(TABLE)('ordStas %s with setlType %s', (ordStas, setlType, types, next) => {
    const order = heard(setlType, ordStas)
    expect(legal(order)).toEqual(types)
    expect(nextRefundStep(order)).toBe(next)
  })

  it('the cash part waits for the insurance part', () => {
    expect(refundObstacle(heard('ALL', '6'), 'CASH')).toBe('insuranceFirst')
    expect(refundObstacle(heard('ALL', '6', '8'), 'CASH')).toBeUndefined()
  })

  it('has an answer for every state, and none is legal without money on the leg', () => {
    for (const state of ORDER_STATES) {
      for (const setlType of [...SETL_TYPES, null]) {
        const empty: RefundPosition = { state, setlType, legs: { insurance: 'none', cash: 'none' } }
        expect(legal(empty)).toEqual([])
      }
    }
  })
})

describe('the status after a refund', () => {
  it.each([
    ['ALL', ['6'], 'ALL', '7'],
    ['ALL', ['6'], 'HI', '8'],
    ['ALL', ['6', '8'], 'CASH', '7'],
    ['ALL', ['9'], 'HI', '7'],
    ['HI', ['6'], 'HI', '7'],
    ['CASH', ['6'], 'CASH', '7'],
  ] as const)('%s after %j, refund %s: %s', (setlType, codes, type, expected) => {
    expect(ordStasAfterRefund(type, heard(setlType, ...codes))).toBe(expected)
  })
})
