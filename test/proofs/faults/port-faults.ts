import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { spawnNode } from '#scripts/lib/project.ts'
import type { Ending } from './calls.ts'

/** A fault of the whole port: begins once the honest centre has left it. */
export interface PortFault {
  readonly name: string
  readonly because: string
  /** More than one where the system decides whether the handshake was complete. */
  readonly ends: readonly Ending[]
  /** @returns what ends it. */
  begin(port: number): Promise<() => Promise<void>>
}

export const PORT_FAULTS: readonly PortFault[] = [
  {
    name: 'nobody listens',
    because: 'a refused connection carries nothing',
    ends: ['notSent'],
    begin: async () => async () => undefined,
  },
  {
    name: 'the SYN is never accepted',
    because: 'without a handshake not one byte of the request was written',
    ends: ['notSent'],
    begin: async (port) => {
      const deaf = await startDeafServer(port, 1)
      const queued = await fillQueue(port)
      return async () => {
        for (const socket of queued) socket.destroy()
        await deaf()
      }
    },
  },
  {
    name: 'connected, and nobody ever reads',
    because: 'the system has taken the bytes; whoever reads them later acts on them',
    ends: ['unknown'],
    begin: (port) => startDeafServer(port, MOST_QUEUED),
  },
  {
    name: 'reset as soon as it is connected',
    because: 'unless the reset overtook the handshake, the request may have been written before it',
    ends: ['unknown', 'notSent'],
    begin: startResettingServer,
  },
]

/** The system queues so many connections for a process that does not run. */
async function startDeafServer(port: number, backlog: number): Promise<() => Promise<void>> {
  const child = spawnNode('test/proofs/faults/deaf-server.ts', [String(port), String(backlog)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('the deaf server has no output')
  await once(child.stdout, 'data')
  child.kill('SIGSTOP')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

const MOST_QUEUED = 64
const HANDSHAKE_WITHIN_MS = 150

/** Connects until a handshake stays out; the queue is full then. */
async function fillQueue(port: number): Promise<readonly Socket[]> {
  const queued: Socket[] = []
  while (queued.length < MOST_QUEUED) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => socket.destroy())
    queued.push(socket)
    if (!(await isConnectedSoon(socket))) return queued
  }
  throw new Error(`the queue took ${MOST_QUEUED} connections and is not full`)
}

function isConnectedSoon(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), HANDSHAKE_WITHIN_MS)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

async function startResettingServer(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.resetAndDestroy()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    server.close()
    await once(server, 'close')
  }
}
