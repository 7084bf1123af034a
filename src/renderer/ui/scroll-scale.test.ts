import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterScroll, isStuck, spotAt, trackHeight } from './scroll-scale.ts'

const SHORT = { rowsHeight: 5_300, viewport: 500 }
const LONG = { rowsHeight: 53_000_000, viewport: 500 }

describe('a list that an element can hold', () => {
  test('is the element itself', () => {
    expect(trackHeight(SHORT)).toBe(5_300)
    expect(spotAt(1_234, SHORT)).toEqual({ physical: 1_234, virtual: 1_234 })
    expect(afterScroll(spotAt(0, SHORT), 4_800, SHORT)).toEqual({ physical: 4_800, virtual: 4_800 })
    expect(isStuck(spotAt(0, SHORT), SHORT)).toBe(false)
  })
})

describe('a list that is taller than any element', () => {
  test('moves by a step as far as the wheel did, wherever it stands', () => {
    const spot = spotAt(20_000_000, LONG)
    expect(afterScroll(spot, spot.physical + 53, LONG).virtual).toBe(20_000_053)
    expect(afterScroll(spot, spot.physical - 53, LONG).virtual).toBe(19_999_947)
  })

  test('leaps with the scroll bar to the same part of the whole', () => {
    const most = trackHeight(LONG) - LONG.viewport
    expect(afterScroll(spotAt(0, LONG), most / 2, LONG).virtual).toBeCloseTo((LONG.rowsHeight - LONG.viewport) / 2, 3)
    expect(afterScroll(spotAt(0, LONG), most, LONG).virtual).toBe(LONG.rowsHeight - LONG.viewport)
  })

  test('says when the element ends before the rows do', () => {
    const most = trackHeight(LONG) - LONG.viewport
    expect(isStuck({ physical: most, virtual: 40_000_000 }, LONG)).toBe(true)
    expect(isStuck({ physical: 0, virtual: 400 }, LONG)).toBe(true)
    expect(isStuck(spotAt(LONG.rowsHeight, LONG), LONG)).toBe(false)
    expect(isStuck(spotAt(0, LONG), LONG)).toBe(false)
  })

  test('reaches both ends by steps alone, put back whenever it is stuck', () => {
    const extent = { rowsHeight: 8_400_000, viewport: 500 }
    const most = extent.rowsHeight - extent.viewport
    for (const sign of [1, -1]) {
      let spot = spotAt(sign === 1 ? most - 300_000 : 300_000, extent)
      for (let steps = 0; steps < 2_000; steps += 1) {
        const wanted = spot.physical + sign * 400
        spot = afterScroll(spot, Math.min(Math.max(wanted, 0), trackHeight(extent) - extent.viewport), extent)
        if (isStuck(spot, extent)) spot = spotAt(spot.virtual, extent)
      }
      expect(Math.abs(spot.virtual - (sign === 1 ? most : 0))).toBeLessThan(1)
    }
  })
})

test('no spot is outside of the rows', () => {
  const extents = fc.record({
    rowsHeight: fc.integer({ min: 0, max: 90_000_000 }),
    viewport: fc.integer({ min: 1, max: 2_000 }),
  })
  fc.assert(
    fc.property(
      extents,
      fc.double({ noNaN: true }),
      fc.integer({ min: 0, max: 8_000_000 }),
      (extent, place, physical) => {
        const most = Math.max(0, extent.rowsHeight - extent.viewport)
        const spots = [spotAt(place, extent), afterScroll(spotAt(place, extent), physical, extent)]
        return spots.every(({ virtual }) => virtual >= 0 && virtual <= most)
      },
    ),
  )
})
