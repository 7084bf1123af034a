/** The value below which that share of the samples lies. @param share 0.5 for the median. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new RangeError('no samples')
  return value
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

export interface Compared {
  /** Milliseconds of one call, median of the rounds. */
  readonly measured: number
  readonly reference: number
}

/**
 * Times two pieces of work in turn, so that what else the machine does meets both alike. Each round runs each of them
 * `calls` times; the median of the rounds counts.
 */
export function compare(
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
  measured: (call: number) => unknown,
  reference: (call: number) => unknown,
): Compared {
  const times: Record<'measured' | 'reference', number[]> = { measured: [], reference: [] }
  for (let round = -1; round < rounds; round += 1) {
    const ours = timeOf(calls, measured)
    const bare = timeOf(calls, reference)
    // The first round only warms up.
    if (round < 0) continue
    times.measured.push(ours)
    times.reference.push(bare)
  }
  return { measured: median(times.measured), reference: median(times.reference) }
}

/** Milliseconds of one call. */
function timeOf(calls: number, work: (call: number) => unknown): number {
  const startedAt = performance.now()
  for (let call = 0; call < calls; call += 1) work(call)
  return (performance.now() - startedAt) / calls
}

/** Milliseconds of each call. */
export function timesOf(calls: number, work: (call: number) => unknown): readonly number[] {
  return Array.from({ length: calls }, (_, call) => {
    const startedAt = performance.now()
    work(call)
    return performance.now() - startedAt
  })
}
