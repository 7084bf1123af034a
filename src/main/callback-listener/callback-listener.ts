/** The interfaces that the centre calls (2.x), by their number in the document. */
export type InboundInterface = '2.1' | '2.2' | '2.3' | '2.4'

/** One request of the centre, before anybody has read it. */
export interface InboundMessage {
  readonly interfaceId: InboundInterface
  /** The body byte for byte, decoded as UTF-8. */
  readonly body: string
  /** The caller's address as the socket tells it; proxies' headers are not believed. */
  readonly caller: string
  readonly receivedAtMs: number
}

/** What is sent back: the bytes are decided (and stored, where the interface demands it) before this is returned. */
export interface InboundAnswer {
  readonly status: number
  readonly body: string
}

/** Handles one message. A rejected promise is a bug and is answered with code 0 and HTTP 500 by the listener. */
export type InboundHandler = (message: InboundMessage) => Promise<InboundAnswer>

export type ListenerState =
  | { readonly state: 'listening'; readonly url: string }
  | { readonly state: 'failed'; readonly words: string }

/** What the listener has seen since start: the first question when callbacks stay away. */
export interface ListenerCounts {
  readonly accepted: number
  /** Callers that are not on the list. */
  readonly refusedCallers: number
  readonly lastAtMs: number | null
}

export interface CallbackListener {
  readonly status: ListenerState
  counts(): ListenerCounts
  close(): Promise<void>
}
