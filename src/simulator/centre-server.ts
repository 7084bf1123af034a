import fastify, { type FastifyInstance } from 'fastify'
import type { Clock } from '#shared/domain/time.ts'
import type { CentreOptions } from './centre-options.ts'
import { addControlApi } from './control-api.ts'
import { addDeskEndpoints } from './desk-endpoints.ts'
import { addPages } from './phone-page.ts'
import { createWorld } from './world.ts'

/** A simulated payment centre that is listening. */
export interface SimulatedCentre {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly baseUrl: string
  /** Stops at once: held connections are cut, timers and pending callbacks are dropped. */
  close(): Promise<void>
}

/**
 * Starts the far side: interfaces 1.2 to 1.8 as published, the calls 2.1 to 2.3, the patient's page, and the control
 * API under /sim/. Bound to this machine only.
 * @throws the system's error (`EADDRINUSE` and the like) when it cannot listen.
 */
export async function startCentre(options: CentreOptions): Promise<SimulatedCentre> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 1024 * 1024 })
  let baseUrl = ''
  const world = createWorld(options, () => baseUrl)
  keepBodiesAsText(app)
  tellTime(app, world.clock)
  refuseForeignPages(app)
  addDeskEndpoints(app, world)
  addPages(app, world)
  addControlApi(app, world)
  try {
    baseUrl = await listen(app, options.port, world.lastPort)
    world.listening(Number(new URL(baseUrl).port))
  } catch (error) {
    await app.close()
    throw error
  }
  return {
    baseUrl,
    async close() {
      await world.close()
      await app.close()
    },
  }
}

const HOST = '127.0.0.1'

/** Where any port will do, the one used last: a phone page that is open keeps its address. */
async function listen(app: FastifyInstance, wanted: number, last: number | null): Promise<string> {
  if (wanted !== 0 || last === null) return app.listen({ host: HOST, port: wanted })
  try {
    return await app.listen({ host: HOST, port: last })
  } catch {
    // Taken meanwhile, for whatever reason: the orders matter more than their address.
    return app.listen({ host: HOST, port: 0 })
  }
}

/** Bodies are read digit by digit by the wire readers, so the server parses nothing. */
function keepBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

/** The desk compares its clock with the centre's by this header: a centre with a clock of its own tells that one. */
function tellTime(app: FastifyInstance, clock: Clock): void {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(clock.now()).toUTCString())
  })
}

/** A web page of another origin must not script this server through the trainer's browser. */
function refuseForeignPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    if (origin === undefined || origin === `http://${host}`) return
    return reply.code(403).send({ error: '不接受其他网页的请求' })
  })
}
