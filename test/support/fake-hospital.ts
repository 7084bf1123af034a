import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'

/** One of the published examples, every digit as it stands there. */
export function centreExample(name: string): JsonObject {
  const url = new URL(`../fixtures/centre-examples/${name}.json`, import.meta.url)
  const value = parseJson(readFileSync(url, 'utf8'))?.value
  if (!isJsonObject(value)) throw new Error(`not an object: ${name}`)
  return value
}

export interface HeardMessage {
  readonly path: string
  readonly body: string
}

export interface FakeHospital {
  readonly baseUrl: string
  /** What the centre sent, in order. */
  readonly heard: HeardMessage[]
  /** Changes 2.1's `data` before it is sent. */
  feeDetail: (data: JsonObject) => JsonObject
  /** The answer to 2.2 and 2.3. */
  answer: (path: string) => { readonly status: number; readonly body: string }
  heardOn(path: string): readonly JsonObject[]
  close(): Promise<void>
}

/** A hospital that answers 2.1 from the published example, for any order, and writes down what it is told. */
export async function startFakeHospital(): Promise<FakeHospital> {
  const app = fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const heard: HeardMessage[] = []
  const hospital: Omit<FakeHospital, 'baseUrl'> = {
    heard,
    feeDetail: (data) => data,
    answer: () => ({ status: 200, body: '{"code":1,"message":"成功"}' }),
    heardOn: (path) => heard.filter((message) => message.path === path).map((message) => objectOf(message.body)),
    close: () => app.close(),
  }
  app.post('/*', (request, reply) => {
    const body = typeof request.body === 'string' ? request.body : ''
    heard.push({ path: request.url, body })
    const { status, body: text } =
      request.url === '/his/fee/detail' ? feeDetailAnswer(hospital, body) : hospital.answer(request.url)
    return reply.code(status).type('application/json').send(text)
  })
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  return Object.assign(hospital, { baseUrl })
}

function feeDetailAnswer(hospital: Pick<FakeHospital, 'feeDetail'>, body: string): { status: number; body: string } {
  const example = centreExample('2.1-pending-fee-detail.response')
  const { medOrgOrd, orgCodg } = objectOf(body)
  const data = { ...(isJsonObject(example.data) ? example.data : {}), medOrgOrd, orgCodg }
  return { status: 200, body: stringifyJson({ ...example, data: hospital.feeDetail(data) }) }
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text)?.value
  return isJsonObject(value) ? value : {}
}
