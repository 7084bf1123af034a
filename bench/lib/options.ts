import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly orders: number
  readonly seed: number
  readonly only: readonly string[]
  readonly short: boolean
  /** Where generated stores are kept between runs; undefined for the system's folder for such things. */
  readonly cache: string | undefined
}

export const USAGE = `npm run bench -- [--orders 1000000] [--seed 1] [--only NAME]... [--short] [--cache FOLDER] [--list]`

const SHORT_ORDERS = 20_000
const FULL_ORDERS = 1_000_000

export function readBenchOptions(args: readonly string[]): BenchOptions & { readonly list: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      cache: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  })
  return {
    orders: wholeNumber(values.orders ?? String(values.short ? SHORT_ORDERS : FULL_ORDERS)),
    seed: wholeNumber(values.seed),
    only: values.only,
    short: values.short,
    cache: values.cache,
    list: values.list,
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new RangeError(`not a whole number: ${text}\n${USAGE}`)
  return Number(text)
}
