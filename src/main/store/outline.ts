import { setImmediate as nextTurn } from 'node:timers/promises'

/** A list that can be walked by its keys, without reading its rows. */
export interface Stepper<K> {
  /** @returns the key so many rows behind this one; undefined where fewer are left. */
  skip(key: K, rows: number): K | undefined
  /** How many rows are left behind this one, counted up to `most`. */
  rest(key: K, most: number): number
}

/** How long the desk's other work may wait for the next turn. */
const TURN_MS = 4

/**
 * How many rows stand behind a key, and the key of every so many of them. A million rows take some tenths of a second;
 * meanwhile everything else has its turn. Rows that come or go at a place that was passed already are not seen.
 */
export async function outlineOf<K>(
  stepper: Stepper<K>,
  after: K,
  every: number,
): Promise<{ rows: number; keys: readonly K[] }> {
  const keys: K[] = []
  let last = after
  let turnBegan = performance.now()
  for (;;) {
    const key = stepper.skip(last, every)
    if (key === undefined) return { rows: keys.length * every + stepper.rest(last, every), keys }
    keys.push(key)
    last = key
    if (performance.now() - turnBegan < TURN_MS) continue
    await nextTurn()
    turnBegan = performance.now()
  }
}
