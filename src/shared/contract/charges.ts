import { z } from 'zod'
import { fenSchema } from '../domain/money.ts'
import { orderStateSchema } from '../domain/order-status.ts'
import { orderNumberSchema, query } from './procedure.ts'

/** One pending charge (待缴费) in a list. `state` is the state of its order, `created` while nothing was sent. */
export const chargeSummarySchema = z.object({
  medOrgOrd: orderNumberSchema,
  patientName: z.string(),
  maskedIdNo: z.string(),
  deptName: z.string(),
  drName: z.string(),
  /** `yyyy-MM-dd HH:mm:ss`, UTC+8. */
  visitTime: z.string(),
  visitAtMs: z.number().nullable(),
  /** Everything the patient is charged: inside and outside the catalogue. */
  totalFen: fenSchema,
  state: orderStateSchema,
})
export type ChargeSummary = z.infer<typeof chargeSummarySchema>

/** A fee line; price, count and amount are exact decimals with their own digits, not fen. */
export const feeLineSchema = z.object({
  feedetlSn: z.string(),
  name: z.string(),
  spec: z.string(),
  code: z.string(),
  price: z.string(),
  count: z.string(),
  /** Yuan. */
  amount: z.string(),
})
export type FeeLine = z.infer<typeof feeLineSchema>

export const diagnosisSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** diag_type code, shown as `code 名称`. */
  type: z.string(),
  doctorName: z.string(),
})
export type Diagnosis = z.infer<typeof diagnosisSchema>

export const chargeSchema = chargeSummarySchema.extend({
  /** Inside the insurance catalogue. */
  catalogueFen: fenSchema,
  outOfCatalogueFen: fenSchema,
  /** Prepaid balance of the patient with the hospital. */
  prepaidBalanceFen: fenSchema,
  medType: z.string(),
  insutype: z.string(),
  visitNo: z.string(),
  lines: z.array(feeLineSchema),
  diagnoses: z.array(diagnosisSchema),
  /** When the hospital's system last confirmed this charge. */
  fetchedAtMs: z.number(),
  /** Exact sum of the lines, rounded to fen; differs from `totalFen` only by a warning (quirk Q15). */
  linesSumFen: fenSchema,
  /** This charge was uploaded with other fee lines or amounts, and is not paid yet. */
  feeChanged: z.boolean(),
})
export type Charge = z.infer<typeof chargeSchema>

export const chargeProcedures = {
  'charges.search': query({
    input: z.object({
      idNo: z.string().trim().max(32).optional(),
      medOrgOrd: z.string().trim().max(64).optional(),
      /** Name, number, tail of the id, department. */
      text: z.string().trim().max(64).optional(),
    }),
    output: z.object({
      charges: z.array(chargeSummarySchema),
      /** False when the hospital's system could not be asked and these are the ones seen before. */
      live: z.boolean(),
      asOfMs: z.number().nullable(),
    }),
    errors: [],
    permission: 'view',
  }),
  'charges.get': query({
    input: z.object({ medOrgOrd: orderNumberSchema }),
    output: chargeSchema,
    errors: ['CHARGE_NOT_FOUND', 'HIS_UNREACHABLE'],
    permission: 'view',
  }),
}
