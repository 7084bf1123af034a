import { type Network, sockets } from '#main/desk/network.ts'
import type { Transport, TransportRequest, TransportResult } from '#main/http/transport.ts'

type Send = (transport: Transport, request: TransportRequest) => Promise<TransportResult>

function sendingBy(send: Send): Network {
  return {
    ...sockets,
    connect: (baseUrl) => {
      const transport = sockets.connect(baseUrl)
      return { send: (request) => send(transport, request), close: () => transport.close() }
    },
  }
}

const timeoutIsFailure: Send = async (transport, request) => {
  const result = await transport.send(request)
  const timedOut = result.kind === 'maybeSent' && result.reason === 'timeout'
  return timedOut ? { kind: 'notSent', words: '超时' } : result
}

const sendAgain: Send = async (transport, request) => {
  const result = await transport.send(request)
  return result.kind === 'maybeSent' ? transport.send(request) : result
}

const waitLonger: Send = (transport, request) => transport.send({ ...request, deadlineMs: request.deadlineMs + 1_000 })

/** The negative controls: clients as they are often written. The table must catch each. */
export const CARELESS_CLIENTS: readonly { readonly name: string; readonly network: Network }[] = [
  { name: 'takes a time-out for a failure', network: sendingBy(timeoutIsFailure) },
  { name: 'sends a write again when the answer is lost', network: sendingBy(sendAgain) },
  { name: 'has no deadline of its own', network: sendingBy(waitLonger) },
]
