import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { readObject } from '#shared/centre/wire-read.ts'
import { downloadBill, notifyClinic, queryOrder } from './desk-reads.ts'
import { refundOrder } from './desk-refund.ts'
import { revokeUpload, uploadFees } from './desk-upload.ts'
import { distort, type Fault, type FaultInterface, type FaultKind } from './faults.ts'
import { pause } from './pause.ts'
import { type Answer, refuse } from './refusals.ts'
import type { World } from './world.ts'

type Handler = (world: World, bodyText: string) => Answer<JsonObject> | Promise<Answer<JsonObject>>

/** Interfaces 1.3 to 1.8: POST with a JSON body, answered with HTTP 200 and the envelope of 1.1, also when refused. */
export function addDeskEndpoints(app: FastifyInstance, world: World): void {
  const { paths } = world.options
  const add = (path: string, interfaceId: FaultInterface, handler: Handler) =>
    app.post(path, (request, reply) => serve(world, { interfaceId, handler }, request, reply))
  add(paths.queryOrder, '1.3', queryOrder)
  add(paths.refund, '1.4', refundOrder)
  add(paths.downloadBill, '1.5', downloadBill)
  add(paths.uploadFees, '1.6', uploadFees)
  add(paths.revokeUpload, '1.7', revokeUpload)
  add(paths.notifyClinic, '1.8', notifyClinic)
}

interface Endpoint {
  readonly interfaceId: FaultInterface
  readonly handler: Handler
}

/** One request, with the faults that the script holds for it before and after the processing. */
async function serve(world: World, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const body = typeof request.body === 'string' ? request.body : ''
  const faults = world.faults.take(endpoint.interfaceId, medOrgOrdOf(world, body))
  const seq = world.wire.start({
    atMs: world.clock.now(),
    direction: 'in',
    interfaceId: endpoint.interfaceId,
    target: request.url,
    requestBody: body,
    faults: faults.map((fault) => fault.kind),
  })
  for (const fault of faults) if (fault.kind === 'delay') await pause(fault.ms ?? 1000, world.closing)
  if (find(faults, 'timeoutBefore')) return reply.hijack()
  if (find(faults, 'cutBefore')) return cut(reply)

  const answer = await answerOf(world, endpoint, body, faults)
  if (find(faults, 'timeoutAfter')) return reply.hijack()
  if (find(faults, 'cutAfter')) return cut(reply)
  if (find(faults, 'cutMiddle')) return cutMiddle(reply, answer)
  const sent = spoiled(faults) ?? { status: 200, type: JSON_TYPE, body: answer }
  world.wire.finish(seq, sent.status, sent.body)
  return reply.code(sent.status).type(sent.type).send(sent.body)
}

const JSON_TYPE = 'application/json; charset=utf-8'

async function answerOf(world: World, endpoint: Endpoint, body: string, faults: readonly Fault[]): Promise<string> {
  const scripted = find(faults, 'refuse')
  const answer =
    scripted === undefined ? await endpoint.handler(world, body) : refuse('BY_SCRIPT', scripted.value ?? undefined)
  return stringifyJson(answer.ok ? distort(answer.value, faults) : answer.error)
}

/** An answer that is no answer of this interface. */
function spoiled(
  faults: readonly Fault[],
): { readonly status: number; readonly type: string; readonly body: string } | undefined {
  if (find(faults, 'garbage')) return { status: 200, type: JSON_TYPE, body: '{"code":1,"data":' }
  if (find(faults, 'html')) {
    return { status: 200, type: 'text/html; charset=utf-8', body: '<html><body><h1>网关繁忙</h1></body></html>' }
  }
  const status = find(faults, 'status')
  return status === undefined ? undefined : { status: Number(status.value ?? '502'), type: 'text/plain', body: '' }
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

/** Promises the whole answer, sends half of it, and breaks off. */
function cutMiddle(reply: FastifyReply, answer: string): FastifyReply {
  const bytes = Buffer.from(answer)
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': bytes.length })
  reply.raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => reply.raw.socket?.destroy())
  return reply
}

function find(faults: readonly Fault[], kind: FaultKind): Fault | undefined {
  return faults.find((fault) => fault.kind === kind)
}

/** Which order a request is about, as far as it can be told before it is read properly. */
function medOrgOrdOf(world: World, body: string): string | undefined {
  const read = readObject(body)
  if (!read.ok) return undefined
  const { medOrgOrd, payOrdId } = read.value
  if (typeof medOrgOrd === 'string') return medOrgOrd
  return typeof payOrdId === 'string' ? world.book.byPayOrdId(payOrdId)?.medOrgOrd : undefined
}
