import { err, ok, type Result } from '#shared/domain/result.ts'
import { createSseReader } from './sse-reader.ts'
import {
  ANSWER_UNREADABLE,
  type Connection,
  DISCONNECTED,
  type LocalFailure,
  listenerSet,
  type Transport,
} from './transport.ts'

export interface HttpTransportOptions {
  /** Origin of the loopback host, without a slash at its end; empty for the page's own. */
  readonly baseUrl: string
  readonly token: string
  /** Pauses between tries to reach the events again; the last one repeats. */
  readonly backOffMs?: readonly number[]
  /** Longer than any deadline of the main process, so that it has the last word. */
  readonly callTimeoutMs?: number
}

const BACK_OFF_MS = [250, 500, 1000, 2000, 4000] as const
const CALL_TIMEOUT_MS = 150_000

/** Calls by POST /rpc, events by GET /events (server-sent events over fetch, because EventSource carries no header). */
export function httpTransport(options: HttpTransportOptions): Transport {
  const events = listenerSet<unknown>()
  const connections = listenerSet<Connection>()
  const stopped = new AbortController()
  let connection: Connection = 'connecting'
  const enter = (next: Connection) => {
    if (next === connection) return
    connection = next
    connections.tell(next)
  }
  void keepListening(options, stopped.signal, enter, events.tell)
  return {
    send: (name, input) => post(options, name, input),
    onEvent: events.add,
    onConnection(listener) {
      listener(connection)
      return connections.add(listener)
    },
    close: () => stopped.abort(),
  }
}

async function post(
  options: HttpTransportOptions,
  name: string,
  input: unknown,
): Promise<Result<unknown, LocalFailure>> {
  let text: string
  try {
    const answer = await fetch(`${options.baseUrl}/rpc`, {
      method: 'POST',
      headers: { ...authorization(options), 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, input }),
      signal: AbortSignal.timeout(options.callTimeoutMs ?? CALL_TIMEOUT_MS),
    })
    text = await answer.text()
  } catch {
    return err(DISCONNECTED)
  }
  try {
    return ok(JSON.parse(text))
  } catch {
    return err(ANSWER_UNREADABLE)
  }
}

/** Listens until stopped; after each loss it waits a little longer, and starts anew once a connection stood. */
async function keepListening(
  options: HttpTransportOptions,
  signal: AbortSignal,
  enter: (connection: Connection) => void,
  tell: (event: unknown) => void,
): Promise<void> {
  const backOff = options.backOffMs ?? BACK_OFF_MS
  let losses = 0
  while (!signal.aborted) {
    const stood = await listenOnce(options, signal, () => enter('open'), tell)
    if (signal.aborted) return
    enter('lost')
    losses = stood ? 1 : losses + 1
    await pause(backOff[Math.min(losses, backOff.length) - 1] ?? 1000, signal)
  }
}

/** One connection from open to end. Answers whether it stood at all. */
async function listenOnce(
  options: HttpTransportOptions,
  signal: AbortSignal,
  opened: () => void,
  tell: (event: unknown) => void,
): Promise<boolean> {
  let stood = false
  try {
    const answer = await fetch(`${options.baseUrl}/events`, {
      headers: { ...authorization(options), Accept: 'text/event-stream' },
      signal,
    })
    if (!answer.ok || answer.body === null) return false
    stood = true
    opened()
    const reader = createSseReader((data) => tell(parseOrNull(data)))
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) reader.push(chunk)
    return stood
  } catch {
    // Lost or stopped: the caller says so to the screens and tries again.
    return stood
  }
}

function parseOrNull(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

function authorization(options: HttpTransportOptions): { Authorization: string } {
  return { Authorization: `Bearer ${options.token}` }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
