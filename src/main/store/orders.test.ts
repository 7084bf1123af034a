import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { A_CHARGE, aStatement } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { withStatement } from './order-evidence.ts'
import type { OrderRecord } from './order-record.ts'
import { openStore } from './store.ts'

/** A store with one order as it begins, and that order with everything that a payment can add. */
function world() {
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, { now: () => 1_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  const { orders, book, close } = opened.value
  onTestFinished(close)
  const fresh = book.open('MZ1', A_CHARGE)
  const full: OrderRecord = {
    ...withStatement(fresh, aStatement()),
    ...{ state: 'settled', identityFailed: '差一分', attentionNoted: 'suspense', feeFingerprint: 'f' },
    ...{ attentionReason: 'identityFailed', attentionSinceMs: 2, rebuiltAtMs: 3, cashierUrl: 'http://localhost/' },
    ...{ uploadedAtMs: 4, payUntilMs: 5, settledAtMs: 6, callbackAtMs: 7, lastQueryAtMs: 8, nextQueryAtMs: 9 },
    ...{ queryAttempts: 10, updatedAtMs: 11 },
  }
  return { orders, fresh, full }
}

it('an update stores every difference, forth and back', () => {
  const { orders, fresh, full } = world()
  orders.update(fresh, full)
  expect(orders.find('MZ1')).toEqual(full)
  orders.update(full, fresh)
  expect(orders.find('MZ1')).toEqual(fresh)
})

it('an update of nothing is none, and one of the charge is stored with the rest', () => {
  const { orders, fresh, full } = world()
  orders.update(fresh, { ...fresh })
  expect(orders.find('MZ1')).toEqual(fresh)
  const other = { ...full, charge: { ...A_CHARGE, patientName: '测试乙' } }
  orders.update(fresh, other)
  expect(orders.find('MZ1')).toEqual(other)
})
