import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { isJsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { fenSchema, yuanText } from '#shared/domain/money.ts'
import { setlTypeSchema } from '#shared/domain/order-status.ts'
import { type CentreCharge, centreChargeSchema } from './charge.ts'
import { type CentreOrder, payTokenOf } from './orders.ts'
import type { DoneRefund } from './refund-book.ts'

/** What a centre remembers over a restart. */
export interface CentreState {
  /** The port that it last listened on: phone pages that are already open keep their address. */
  readonly port: number | null
  readonly orders: readonly CentreOrder[]
  readonly refunds: readonly (readonly [appRefdSn: string, refund: DoneRefund])[]
}

const EMPTY: CentreState = { port: null, orders: [], refunds: [] }

/** Reads the state. A file that cannot be read is moved aside, to `….unreadable`, and the centre starts empty. */
export function readState(path: string): CentreState {
  const text = readText(path)
  if (text === undefined) return EMPTY
  const read = stateSchema.safeParse(parseJson(text)?.value)
  if (read.success) return read.data
  renameSync(path, `${path}.unreadable`)
  return EMPTY
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    // A folder, or no permission: as unreadable as a text that makes no sense.
    return ''
  }
}

/** Replaces the file in one step: after a power cut it is the old one or the new one. Holds no token. */
export function writeState(path: string, state: CentreState): void {
  const text = stringifyJson({
    port: state.port,
    orders: state.orders.map(({ payToken: _made, charge, ...order }) => ({ ...order, charge: writeCharge(charge) })),
    refunds: state.refunds.map(([appRefdSn, refund]) => ({ appRefdSn, ...refund })),
  })
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.tmp`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** Back to the form of 2.1, so that one schema reads it, from the hospital and from here. */
function writeCharge(charge: CentreCharge): object {
  const { medfeeSumamt, outOfMIFee, prePaidBalc, begntime, ...texts } = charge
  return {
    ...texts,
    medfeeSumamt: yuanText(medfeeSumamt),
    ...(outOfMIFee === undefined ? {} : { outOfMIFee: yuanText(outOfMIFee) }),
    ...(prePaidBalc === undefined ? {} : { prePaidBalc: yuanText(prePaidBalc) }),
    ...(begntime === undefined ? {} : { begntime: begntime.text }),
  }
}

/** The wire's reader keeps numbers as text; here they are counts of ours. */
const whole = z
  .unknown()
  .transform((value) => (typeof value === 'object' && value !== null && 'text' in value ? Number(value.text) : value))
  .pipe(z.int())
const amount = whole.pipe(fenSchema)

const orderSchema = z
  .strictObject({
    payOrdId: z.string().startsWith('ORD'),
    medOrgOrd: z.string(),
    setlId: z.string(),
    mdtrtId: z.string(),
    charge: centreChargeSchema,
    miniProgram: z.strictObject({ returnUrl: z.string().nullable(), notifyUrl: z.string().nullable() }).nullable(),
    uploadedAtMs: whole,
    ordStas: z.string(),
    changedAtMs: whole,
    settledAtMs: z.union([whole, z.null()]),
    split: z.strictObject({
      setlType: setlTypeSchema,
      amounts: z.strictObject({
        feeSumFen: amount,
        outOfCatalogueFen: amount,
        fundFen: amount,
        accountFen: amount,
        ownPayFen: amount,
        prepaidFen: amount,
      }),
    }),
    refunds: z.array(
      z.strictObject({
        appRefdSn: z.string(),
        refdType: z.string(),
        atMs: whole,
        insurance: z.boolean(),
        cash: z.boolean(),
      }),
    ),
    callbacks: z.array(
      z.strictObject({
        interfaceId: z.enum(['2.2', '2.3']),
        sentAtMs: whole,
        status: z.union([whole, z.null()]),
        code: z.string().nullable(),
        message: z.string(),
      }),
    ),
  })
  .transform((order): CentreOrder => ({ ...order, payToken: payTokenOf(order.payOrdId) }))

const refundSchema = z
  .strictObject({ appRefdSn: z.string(), content: z.string(), answer: z.custom<DoneRefund['answer']>(isJsonObject) })
  .transform(({ appRefdSn, ...refund }) => [appRefdSn, refund] as const)

const stateSchema = z.strictObject({
  port: z.union([whole, z.null()]),
  orders: z.array(orderSchema),
  refunds: z.array(refundSchema),
})
