import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextOperationState, OPERATION_EVENTS } from './operation-state.ts'
import { isOpenOperation, OPERATION_STATES, type OperationState } from './order-view.ts'

/** Written from money-safety.md, rules 1 to 3; `-` cannot happen. Columns as OPERATION_EVENTS. */
const TABLE: Readonly<Record<OperationState, string>> = {
  //          send abandon succeed fail lose prove decideHappened decideDidNotHappen
  prepared: ' sent failed  -         -      -       -        -        -',
  sent: '     -    -       succeeded failed unknown -        -        -',
  succeeded: '-    -       -         -      -       -        -        -',
  failed: '   -    -       -         -      -       -        -        -',
  unknown: '  -    -       -         -      -       resolved resolved failed',
  resolved: ' -    -       -         -      -       -        -        -',
}

describe('the state machine of an operation', () => {
  for (const state of OPERATION_STATES) {
    const cells = TABLE[state].trim().split(/\s+/)
    test.each(OPERATION_EVENTS.map((event, place) => [event, cells[place]] as const))(
      `${state}, %s: %s`,
      (event, expected) => {
        expect(nextOperationState(state, event) ?? '-').toBe(expected)
      },
    )
  }

  test('whatever happens, in any order: an end is never left, and nothing becomes unsent again', () => {
    const happenings = fc.array(fc.constantFrom(...OPERATION_EVENTS), { maxLength: 12 })
    fc.assert(
      fc.property(happenings, (events) => {
        const RANK = { prepared: 0, sent: 1, unknown: 2, succeeded: 3, failed: 3, resolved: 3 } as const
        let state: OperationState = 'prepared'
        for (const event of events) {
          const next: OperationState = nextOperationState(state, event) ?? state
          expect(RANK[next]).toBeGreaterThanOrEqual(RANK[state])
          if (!isOpenOperation(state)) expect(next).toBe(state)
          // Only answers, and for an unknown outcome proof or a person, end what may have been sent.
          if (state === 'unknown' && next !== state)
            expect(['prove', 'decideHappened', 'decideDidNotHappen']).toContain(event)
          state = next
        }
      }),
      { numRuns: 1000 },
    )
  })
})
