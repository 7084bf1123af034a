import { z } from 'zod'
import { BILL_TYPES } from '../centre/download-bill.ts'
import { BILL_FIELDS, BILL_MOVEMENTS } from '../domain/bill-columns.ts'
import { fenSchema } from '../domain/money.ts'
import { outlineInputFields, outlineSchema } from './outline.ts'
import { query } from './procedure.ts'

/**
 * How a row of the bill stands against our orders. `missing` is an order of ours that the bill lacks; `ignored` moved
 * no money; `unreadable` could not be read and is kept as it came.
 */
export const BILL_MATCHES = ['matched', 'amountDiffers', 'notHere', 'missing', 'unreadable', 'ignored'] as const
export type BillMatch = (typeof BILL_MATCHES)[number]

export const billTotalsSchema = z.object({
  paidFen: fenSchema,
  /** Positive: what went back. */
  refundedFen: fenSchema,
  netFen: fenSchema,
  paidCount: z.int(),
  refundedCount: z.int(),
  ignoredCount: z.int(),
})
export type BillTotals = z.infer<typeof billTotalsSchema>

/** The comparison with this desk's orders. `balances`: every row is matched, none is missing, none is unreadable. */
export const billComparisonSchema = z.object({
  matched: z.int(),
  amountDiffers: z.int(),
  notHere: z.int(),
  missing: z.int(),
  /** What this desk says of the same movements, those that the bill lacks included. */
  oursPaidFen: fenSchema,
  oursRefundedFen: fenSchema,
  balances: z.boolean(),
  /** 0: not compared yet, so nothing above says anything. */
  comparedAtMs: z.number(),
})
export type BillComparison = z.infer<typeof billComparisonSchema>

export const billSchema = z.object({
  billId: z.int(),
  billDate: z.iso.date(),
  billType: z.enum(BILL_TYPES),
  downloadedAtMs: z.number(),
  downloadedBy: z.string(),
  /** The raw file, kept below the data folder of this environment in `bills/`. */
  fileName: z.string(),
  fileBytes: z.int(),
  sha256: z.string(),
  compression: z.enum(['none', 'gzip', 'zip']),
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be']),
  separator: z.enum([',', '\t', '|']),
  /** Rows that were read, the ignored ones among them. */
  rows: z.int(),
  unreadable: z.int(),
  totals: billTotalsSchema,
  columns: z.array(z.object({ header: z.string(), field: z.enum(BILL_FIELDS).nullable() })),
  /** Headers that no table names: kept and shown, never used. */
  unmapped: z.array(z.string()),
  /** Title and summary lines, as they stand in the file. */
  notes: z.array(z.string()),
  /** False when its rows were removed after the time that the settings keep them for; what was found stays. */
  rowsKept: z.boolean(),
  comparison: billComparisonSchema,
})
export type Bill = z.infer<typeof billSchema>

export const billRowSchema = z.object({
  /** Line in the file, the first is 1; null for an order that the bill lacks. */
  line: z.int().nullable(),
  match: z.enum(BILL_MATCHES),
  movement: z.enum(BILL_MOVEMENTS).nullable(),
  medOrgOrd: z.string().nullable(),
  payOrdId: z.string().nullable(),
  appRefdSn: z.string().nullable(),
  /** As it stands in the file. */
  tradeTime: z.string().nullable(),
  tradeAtMs: z.number().nullable(),
  /** Positive, whichever way it moved. */
  amountFen: fenSchema.nullable(),
  /** What this desk says of the same movement of the same order; null where it has no such order or does not know. */
  oursFen: fenSchema.nullable(),
  /** Hospital number of our order, to open it. */
  orderNumber: z.string().nullable(),
  /** Cells of the unmapped columns that hold anything. */
  others: z.array(z.object({ header: z.string(), value: z.string() })),
  /** Of an unreadable row: the line as it came, and why. */
  raw: z.string().nullable(),
  reason: z.string().nullable(),
})
export type BillRow = z.infer<typeof billRowSchema>

const billId = z.int({ error: '应为整数' }).min(1, { error: '应为整数' })

export const billProcedures = {
  /** Fetches the bill of one day (interface 1.5), keeps it, and compares it with our orders. The same file is kept once. */
  'bills.download': query({
    input: z.object({
      billDate: z.iso.date({ error: '应为日期 YYYY-MM-DD' }),
      billType: z.enum(BILL_TYPES).default('ALL'),
    }),
    output: billSchema,
    errors: [
      'CENTRE_UNREACHABLE',
      'CENTRE_REFUSED',
      'CENTRE_UNREADABLE',
      'BILL_BLOCKED',
      'BILL_UNREADABLE',
      'BILL_TOO_LARGE',
      'BILL_CANCELLED',
    ],
    permission: 'view',
  }),
  /** Bills that are kept, newest day first. Wholly from the store. */
  'bills.list': query({
    input: z.object({
      from: z.iso.date({ error: '应为日期 YYYY-MM-DD' }).optional(),
      to: z.iso.date({ error: '应为日期 YYYY-MM-DD' }).optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ bills: z.array(billSchema) }),
    errors: [],
    permission: 'view',
  }),
  /** One bill, compared anew with the orders as they are now. */
  'bills.get': query({
    input: z.object({ billId }),
    output: billSchema,
    errors: ['BILL_NOT_FOUND'],
    permission: 'view',
  }),
  /** Without `match`: every row of the file in its order. */
  'bills.rows': query({
    input: z.object({
      billId,
      match: z.enum(BILL_MATCHES).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(billRowSchema), nextCursor: z.string().optional() }),
    errors: ['BILL_NOT_FOUND'],
    permission: 'view',
  }),
  /** How many rows stand behind a page of `bills.rows`, and where the pages begin there. */
  'bills.outline': query({
    input: z.object({ billId, match: z.enum(BILL_MATCHES).optional(), ...outlineInputFields }),
    output: outlineSchema,
    errors: ['BILL_NOT_FOUND'],
    permission: 'view',
  }),
  /**
   * The comparison as CSV text for Excel: UTF-8 with BOM, numbers of orders intact, no cell that Excel would run, no
   * unmapped column (it could hold a person). At most 50,000 rows; `truncated` says when there were more.
   */
  'bills.export': query({
    input: z.object({ billId }),
    output: z.object({ fileName: z.string(), csv: z.string(), rows: z.int(), truncated: z.boolean() }),
    errors: ['BILL_NOT_FOUND'],
    permission: 'view',
  }),
}
