import type { Step } from './steps.ts'

/** The most plays that one search may cost; it then answers the shortest that it has. */
const MOST_PLAYS = 150

/**
 * The shortest script that still fails, by delta debugging: leave out halves, then quarters, down to single steps, for
 * as long as what is left fails.
 */
export async function shrink(
  script: readonly Step[],
  fails: (script: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let shortest = script
  let plays = 0
  for (let size = Math.ceil(script.length / 2); size >= 1 && plays < MOST_PLAYS; ) {
    let cut = false
    for (let from = 0; from < shortest.length && plays < MOST_PLAYS; ) {
      const without = leavingOut(shortest, from, from + size)
      plays += 1
      if (await fails(without)) {
        shortest = without
        cut = true
      } else {
        from += size
      }
    }
    if (!cut || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return shortest
}

/** What is left happens at the times at which it happened. */
function leavingOut(script: readonly Step[], from: number, to: number): readonly Step[] {
  const passedMs = script.slice(from, to).reduce((sum, { afterMs }) => sum + afterMs, 0)
  const [next, ...rest] = script.slice(to)
  const before = script.slice(0, from)
  return next === undefined ? before : [...before, { ...next, afterMs: next.afterMs + passedMs }, ...rest]
}
