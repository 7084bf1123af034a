import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { wireOptionalAmount, wireOptionalText } from '#shared/centre/fields.ts'
import { describeProblems, readFields, readObject, type WireRead } from '#shared/centre/wire-read.ts'
import { setlTypeSchema } from '#shared/domain/order-status.ts'
import { faultSchema } from './faults.ts'
import { type CentreOrder, isOpen } from './orders.ts'
import { phoneUrl } from './phone-url.ts'
import type { Answer } from './refusals.ts'
import { overrideSplit } from './split-override.ts'
import type { World } from './world.ts'

/**
 * The script of tests and trainers, under /sim/. No part of the published interface: JSON in, JSON out, HTTP 400, 404
 * and 409 with `{error}` in words.
 */
export function addControlApi(app: FastifyInstance, world: World): void {
  addOrderRoutes(app, world)
  app.get('/sim/faults', () => ({ faults: world.faults.rules() }))
  app.delete('/sim/faults', () => {
    world.faults.clear()
    return { faults: [] }
  })
  app.post('/sim/faults', (request, reply) => {
    const rule = faultSchema.safeParse(plainJson(request))
    if (!rule.success) return problem(reply, 400, describeIssues(rule.error))
    world.faults.add(rule.data)
    return { faults: world.faults.rules() }
  })
  app.get('/sim/wire', () => ({ entries: world.wire.entries() }))
}

interface OrderRoute {
  Params: { medOrgOrd: string }
}

type OrderAction = (order: CentreOrder, request: FastifyRequest, reply: FastifyReply) => unknown

function addOrderRoutes(app: FastifyInstance, world: World): void {
  const onOrder = (action: OrderAction) => (request: FastifyRequest<OrderRoute>, reply: FastifyReply) => {
    const order = world.book.byMedOrgOrd(request.params.medOrgOrd)
    return order === undefined ? problem(reply, 404, '没有这个订单') : action(order, request, reply)
  }
  app.get('/sim/orders', () => ({ orders: world.book.all().map((order) => viewOf(world, order)) }))
  app.get<OrderRoute>(
    '/sim/orders/:medOrgOrd',
    onOrder((order) => viewOf(world, order)),
  )
  app.post<OrderRoute>(
    '/sim/orders/:medOrgOrd/pay',
    onOrder((order, request, reply) => pay(world, order, request, reply)),
  )
  app.post<OrderRoute>(
    '/sim/orders/:medOrgOrd/fail',
    onOrder((order, _request, reply) => answerWith(world, reply, world.payments.fail(order))),
  )
  app.post<OrderRoute>(
    '/sim/orders/:medOrgOrd/status',
    onOrder((order, request, reply) => setStatus(world, order, request, reply)),
  )
  app.post<OrderRoute>(
    '/sim/orders/:medOrgOrd/callback',
    onOrder((order, request, reply) => sendAgain(world, order, request, reply)),
  )
}

const paySchema = z.strictObject({
  setlType: wireOptionalText.pipe(setlTypeSchema.optional()),
  amounts: z.unknown().optional(),
})
const amountsSchema = z.strictObject({
  feeSumamt: wireOptionalAmount,
  outOfMIFee: wireOptionalAmount,
  fundPay: wireOptionalAmount,
  psnAcctPay: wireOptionalAmount,
  ownPayAmt: wireOptionalAmount,
  prePaidDeduction: wireOptionalAmount,
})

/** `{setlType?, amounts?}`: amounts in yuan by their wire names; the self-paid part is what is left if not given. */
function pay(world: World, order: CentreOrder, request: FastifyRequest, reply: FastifyReply): unknown {
  const body = readBody(paySchema, request)
  if (!body.ok) return problem(reply, 400, describeProblems(body.problems))
  const given = body.value.amounts ?? {}
  const amounts = amountsSchema.safeParse(given)
  if (!amounts.success) return problem(reply, 400, describeIssues(amounts.error))
  const split = overrideSplit(order, body.value.setlType, amounts.data)
  return split.ok ? answerWith(world, reply, world.payments.pay(order, split.value)) : problem(reply, 400, split.error)
}

/** Codes that say money was taken: an order put there by hand gets the time of a settlement. */
const PAID_CODES = ['3', '4', '5', '6']

const statusSchema = z.strictObject({
  ordStas: z.string({ error: '应为文本' }).regex(/^\S{1,8}$/, { error: '应为 1 到 8 个字符' }),
})

/** `{ordStas}`: the order says so from now on. Nobody is told. */
function setStatus(world: World, order: CentreOrder, request: FastifyRequest, reply: FastifyReply): unknown {
  const body = statusSchema.safeParse(plainJson(request))
  if (!body.success) return problem(reply, 400, describeIssues(body.error))
  const { ordStas } = body.data
  const changedAtMs = world.clock.now()
  const settledAtMs = order.settledAtMs ?? (PAID_CODES.includes(ordStas) ? changedAtMs : null)
  return viewOf(world, world.book.change(order.payOrdId, { ordStas, changedAtMs, settledAtMs }))
}

const callbackSchema = z.strictObject({
  times: z.int({ error: '应为 1 到 20 的整数' }).min(1).max(20).default(1),
  concurrently: z.boolean({ error: '应为 true 或 false' }).default(false),
})

/** `{times, concurrently?}`: sends 2.2 again; answers when all are through, each with its tries. */
async function sendAgain(
  world: World,
  order: CentreOrder,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const body = callbackSchema.safeParse(plainJson(request))
  if (!body.success) return problem(reply, 400, describeIssues(body.error))
  if (order.settledAtMs === null) return problem(reply, 409, isOpen(order) ? '订单还没有结算' : '订单没有结算')
  const { times, concurrently } = body.data
  const told: boolean[] = []
  if (concurrently) {
    told.push(...(await Promise.all(Array.from({ length: times }, () => world.payments.tell(order)))))
  } else {
    for (let sent = 0; sent < times; sent += 1) told.push(await world.payments.tell(order))
  }
  return { acknowledged: told, order: viewOf(world, world.book.byPayOrdId(order.payOrdId) ?? order) }
}

/** An order for scripts: amounts in fen, persons left out. */
function viewOf(world: World, order: CentreOrder): Record<string, unknown> {
  return {
    medOrgOrd: order.medOrgOrd,
    payOrdId: order.payOrdId,
    payToken: order.payToken,
    cashierUrl: phoneUrl(world.baseUrl(), order),
    ordStas: order.ordStas,
    setlType: order.split.setlType,
    amounts: order.split.amounts,
    miniProgram: order.miniProgram !== null,
    uploadedAtMs: order.uploadedAtMs,
    changedAtMs: order.changedAtMs,
    settledAtMs: order.settledAtMs,
    refunds: order.refunds,
    callbacks: order.callbacks,
  }
}

function answerWith(world: World, reply: FastifyReply, answer: Answer<CentreOrder>): unknown {
  return answer.ok ? viewOf(world, answer.value) : problem(reply, 409, answer.error.message)
}

function problem(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).send({ error: words })
}

/** Digits kept, for amounts. No body is an empty object. */
function readBody<S extends z.ZodObject>(schema: S, request: FastifyRequest): WireRead<z.output<S>> {
  const body = readObject(textOf(request) || '{}')
  return body.ok ? readFields(schema, body.value) : body
}

function plainJson(request: FastifyRequest): unknown {
  const text = textOf(request) || '{}'
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is the caller's mistake; the schema refuses `undefined` in words.
    return undefined
  }
}

function textOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : ''
}

function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join('：')).join('；')
}
