import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Measurement } from '../lib/measurement.ts'
import { generateStore } from '../orders/generate.ts'

/** Small enough that every order has all of its messages. */
const ORDERS = 10_000

/** What one order takes on disk, with its timeline and every raw message. */
export const size: Measurement = {
  name: 'size',
  what: 'bytes of database an order, every message included',
  async run({ folder, plan, short }) {
    const orders = short ? 1_000 : ORDERS
    const path = join(folder, 'cashier.db')
    generateStore(path, { orders, seed: plan.seed }, () => undefined)
    return [
      {
        what: 'database, with timeline and raw messages, an order',
        measured: statSync(path).size / orders,
        unit: 'B',
        budget: { of: 'value', atMost: 2_000 },
      },
    ]
  },
}
