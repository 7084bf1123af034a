import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A TCP server that answers each request with whatever bytes a test wants, and counts what reached it. */
export interface RawServer {
  readonly port: number
  readonly url: string
  /** Whole requests, head and body as they came, in order. */
  readonly requests: readonly string[]
  connections(): number
  close(): Promise<void>
}

/** Called once for every whole request. */
export type RawAnswer = (socket: Socket, request: string) => void

export async function startRawServer(answer: RawAnswer, host = '127.0.0.1'): Promise<RawServer> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A reset by the client under test is part of the play.
    socket.on('error', () => socket.destroy())
    readRequests(socket, (request) => {
      requests.push(request)
      answer(socket, request)
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://${host}:${port}`,
    requests,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function readRequests(socket: Socket, take: (request: string) => void): void {
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString('utf8')
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (Buffer.byteLength(text.slice(headEnd + 4)) < length) return
    const request = text
    text = ''
    take(request)
  })
}

/** A whole HTTP answer. */
export function httpAnswer(status: number, body: string | Buffer, headers: readonly string[] = []): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const head = [`HTTP/1.1 ${status} Told`, `Content-Length: ${bytes.length}`, ...headers, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head), bytes])
}
