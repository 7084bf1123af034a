import { billProcedures } from './bills.ts'
import { chargeProcedures } from './charges.ts'
import { counterProcedures } from './counter.ts'
import { diagnosticsProcedures } from './diagnostics.ts'
import { displayProcedures } from './display.ts'
import { lockProcedures } from './lock.ts'
import { noticeProcedures } from './notices.ts'
import { orderProcedures } from './orders.ts'
import type { Envelope, ErrorCodeOf, InputOf, OutputOf, Procedure, UNIVERSAL_ERRORS } from './procedure.ts'
import { receiptProcedures } from './receipts.ts'
import { refundProcedures } from './refunds.ts'
import { sessionProcedures } from './session.ts'
import { settingsProcedures } from './settings.ts'
import { taskProcedures } from './tasks.ts'

/** THE table of procedures between window and main process. There is no second list anywhere. */
export const PROCEDURES = {
  ...chargeProcedures,
  ...counterProcedures,
  ...orderProcedures,
  ...refundProcedures,
  ...receiptProcedures,
  ...noticeProcedures,
  ...billProcedures,
  ...settingsProcedures,
  ...displayProcedures,
  ...diagnosticsProcedures,
  ...sessionProcedures,
  ...taskProcedures,
  ...lockProcedures,
} as const satisfies Record<string, Procedure>

export type Procedures = typeof PROCEDURES
export type ProcedureName = keyof Procedures
export type Input<N extends ProcedureName> = InputOf<Procedures[N]>
export type Output<N extends ProcedureName> = OutputOf<Procedures[N]>
export type Answer<N extends ProcedureName> = Envelope<
  Output<N>,
  ErrorCodeOf<Procedures[N]> | (typeof UNIVERSAL_ERRORS)[number]
>

/** Own names only, so that `__proto__` and `constructor` are as unknown as any other word. */
export function findProcedure(name: string): Procedure | undefined {
  return Object.hasOwn(PROCEDURES, name) ? PROCEDURES[name as ProcedureName] : undefined
}
