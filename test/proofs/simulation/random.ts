/** Chance from a seed (mulberry32): the same seed gives the same numbers on every machine. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** From 0 to below `below`, whole. */
  whole(below: number): number
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number) => Math.floor(next() * below)
  return {
    next,
    whole,
    pick: (items) => {
      const item = items[whole(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
