import { join } from 'node:path'
import { startApp } from '#main/app.ts'
import type { InboundHandler } from '#main/callback-listener/callback-listener.ts'
import { sockets } from '#main/desk/network.ts'
import { runHeadless } from '#main/headless/run.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'

/**
 * The control of the crash proof: the same desk, which answers a settlement before it is stored. What it would store a
 * moment later dies with the process.
 */
const STORE_AFTER_MS = 20

const early =
  (handler: InboundHandler): InboundHandler =>
  async (message) => {
    if (message.interfaceId !== '2.2') return handler(message)
    setTimeout(() => void handler(message), STORE_AFTER_MS)
    return { status: 200, body: writeInboundReply(1, '成功') }
  }

const network = {
  ...sockets,
  listen: (options: Parameters<typeof sockets.listen>[0]) =>
    sockets.listen({ ...options, handler: early(options.handler) }),
}
const running = await runHeadless((options) => startApp({ ...options, network }), {
  windowFolder: join(import.meta.dirname, '..', '..', '..', 'out', 'renderer'),
  args: process.argv.slice(2),
  platform: process.platform,
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})
if (!running.ok) process.exit(running.error.exitCode)
process.once('SIGTERM', () => void running.value.close().then(() => process.exit(0)))
