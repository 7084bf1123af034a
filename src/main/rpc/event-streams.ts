import type { ServerResponse } from 'node:http'
import type { AppEvent } from '#shared/contract/events.ts'
import { type CallContext, mayHear } from './dispatcher.ts'
import type { EventBus } from './event-bus.ts'

/**
 * Events of one moment go out together. A commit tells of itself before the request goes out that it was made for:
 * written at once, the window would draw on the processor that is to send, and the patient waits for the sending.
 */
const GATHER_MS = 5
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

interface Listener {
  readonly context: () => CallContext
  /** Text of the events that are not written yet. */
  gathered: string
}

/** The open `/events` answers. A reader that does not keep up is cut off; it comes back and asks for the state anew. */
export class EventStreams {
  readonly #open = new Map<ServerResponse, Listener>()
  readonly #heartbeat: NodeJS.Timeout
  readonly #unsubscribe: () => void
  #gathering: NodeJS.Timeout | undefined

  constructor(events: EventBus, heartbeatMs: number) {
    this.#unsubscribe = events.subscribe((event) => this.#gather(event))
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
    this.#heartbeat.unref()
  }

  add(stream: ServerResponse, context: () => CallContext): void {
    this.#open.set(stream, { context, gathered: '' })
    stream.on('close', () => this.#open.delete(stream))
    // A socket that breaks also closes; without a listener its error would end the process.
    stream.on('error', () => this.#open.delete(stream))
    stream.write(': connected\n\n')
  }

  /** Writes what is gathered now. */
  sendGathered(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    for (const [stream, listener] of this.#open) {
      if (listener.gathered === '') continue
      send(stream, listener.gathered)
      listener.gathered = ''
    }
  }

  close(): void {
    this.#unsubscribe()
    clearInterval(this.#heartbeat)
    this.sendGathered()
    for (const stream of this.#open.keys()) stream.end()
    this.#open.clear()
  }

  #gather(event: AppEvent): void {
    const listeners = [...this.#open.values()].filter(({ context }) => mayHear(context(), event))
    if (listeners.length === 0) return
    const text = eventText(event)
    for (const listener of listeners) listener.gathered += text
    this.#gathering ??= setTimeout(() => this.sendGathered(), GATHER_MS)
  }

  #beat(): void {
    for (const stream of this.#open.keys()) send(stream, ': still here\n\n')
  }
}

function send(stream: ServerResponse, text: string): void {
  stream.write(text)
  if (stream.writableLength > MOST_UNREAD_BYTES) stream.destroy()
}

/** `data` is the whole event, name and payload, as the bridge hands it over too. */
function eventText(event: AppEvent): string {
  return `event: ${event.name}\ndata: ${JSON.stringify(event)}\n\n`
}
