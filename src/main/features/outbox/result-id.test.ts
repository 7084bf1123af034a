import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newResultId } from './result-id.ts'

const AT_MS = Date.UTC(2026, 6, 1)

describe('the number of a result', () => {
  it('is a uuid of version 7', () => {
    for (let count = 0; count < 100; count += 1) expect(z.uuidv7().safeParse(newResultId(AT_MS)).success).toBe(true)
  })

  it('is another each time, and a later one stands behind an earlier', () => {
    const atOnce = new Set(Array.from({ length: 1_000 }, () => newResultId(AT_MS)))
    expect(atOnce.size).toBe(1_000)
    expect(
      [...atOnce]
        .toSorted()
        .at(-1)
        ?.localeCompare(newResultId(AT_MS + 1)),
    ).toBe(-1)
  })
})
