import type { StoreFaults } from '#main/store/store-faults.ts'
import { findProcedure } from '#shared/contract/table.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'
import type { DeskHandlers } from './desk-handlers.ts'

/**
 * Nothing that could move money begins while the store cannot be written: what came of it could not be written down
 * either. Refused before anything is sent; queries and everything that only looks go on.
 */
export function guardMoney(handlers: DeskHandlers, faults: StoreFaults): DeskHandlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    movesMoney(name) ? refusing(handler as AnyHandler, faults) : handler,
  ])
  // Object.fromEntries loses the names; they are exactly those of `handlers`.
  return Object.fromEntries(guarded) as DeskHandlers
}

type AnyHandler = (input: unknown, context: unknown) => unknown

function refusing(handler: AnyHandler, faults: StoreFaults): AnyHandler {
  return (input, context) => {
    const { problem } = faults
    return problem === undefined ? handler(input, context) : err(failure('STORE_UNWRITABLE', problem.words))
  }
}

function movesMoney(name: string): boolean {
  const procedure = findProcedure(name)
  return procedure?.kind === 'command' && (procedure.permission === 'collect' || procedure.permission === 'refund')
}
