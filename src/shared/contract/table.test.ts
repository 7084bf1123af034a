import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../domain/error-codes.ts'
import { orderNumberSchema, PERMISSIONS, UNIVERSAL_ERRORS } from './procedure.ts'
import { findProcedure, PROCEDURES, type ProcedureName } from './table.ts'

const entries = Object.entries(PROCEDURES) as [ProcedureName, (typeof PROCEDURES)[ProcedureName]][]

describe('the table', () => {
  test.each(entries)('%s is complete', (_name, procedure) => {
    expect(PERMISSIONS).toContain(procedure.permission)
    for (const code of procedure.errors) {
      expect(ERROR_CODES).toContain(code)
      expect(UNIVERSAL_ERRORS).not.toContain(code)
    }
  })

  test.each(entries)('%s takes a request id if and only if it is a command', (_name, procedure) => {
    expect('requestId' in procedure.input.shape).toBe(procedure.kind === 'command')
  })

  test('knows no names but its own', () => {
    expect(findProcedure('orders.get')).toBe(PROCEDURES['orders.get'])
    for (const name of ['__proto__', 'constructor', 'toString', 'orders', '', 'orders.get ']) {
      expect(findProcedure(name)).toBeUndefined()
    }
  })
})

test('an order number is short printable text without blanks', () => {
  for (const good of ['P32165835646', '34793830||1', ' P1 ']) expect(orderNumberSchema.parse(good)).toBe(good.trim())
  for (const bad of ['', ' ', 'a b', '订单', 'a\u0000', 'x'.repeat(65), 7]) {
    expect(orderNumberSchema.safeParse(bad).success, String(bad)).toBe(false)
  }
})
