import type { Transport, TransportResult } from '#main/http/transport.ts'
import type { ReplyRead } from '#shared/centre/wire-read.ts'
import { maskToken } from '#shared/domain/masks.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import type { CentreOutcome, Exchange, OrderNumbers } from './centre-client.ts'
import { readOutcome } from './outcome.ts'
import { pauseBeforeRetryMs } from './retry-policy.ts'

/** What every interface of the client is built on. */
export interface CallTools {
  readonly transport: Transport
  readonly clock: Clock
  readonly timers: Timers
  /** From 0 to below 1; spreads retries. */
  readonly random: () => number
}

export interface Call<T> {
  readonly kind: 'read' | 'write'
  readonly path: string
  readonly body: string
  /** Total, over all tries. */
  readonly deadlineMs: number
  readonly read: (bodyText: string) => ReplyRead<T>
  /** An answer that names another order than these is foreign. */
  readonly about: OrderNumbers
  /** Tokens of the request: an answer that repeats one is kept with the token masked. */
  readonly secrets?: readonly (string | undefined)[]
}

/** Sends one call, a read up to three times, and says how it ended. */
export async function callCentre<T>(tools: CallTools, call: Call<T>): Promise<CentreOutcome<T>> {
  const startedAtMs = tools.clock.now()
  const result = await sendWithRetries(tools, call)
  const elapsedMs = Math.max(0, tools.clock.now() - startedAtMs)
  const mask = (text: string) => withoutSecrets(text, call.secrets ?? [])
  const exchange: Exchange = {
    startedAtMs,
    elapsedMs,
    status: result.kind === 'notSent' ? null : result.status,
    replyBody: result.kind === 'answer' && result.bodyText !== null ? mask(result.bodyText) : null,
  }
  const outcome = readOutcome(result, call, exchange)
  return outcome.outcome === 'failed' ? { ...outcome, words: mask(outcome.words) } : outcome
}

/** The outcome of a request that broke the interface's own rules and was therefore never sent. */
export function neverSent(clock: Clock, words: string): CentreOutcome<never> {
  const exchange: Exchange = { startedAtMs: clock.now(), elapsedMs: 0, status: null, replyBody: null }
  return { outcome: 'failed', reason: 'notSent', code: null, words, exchange }
}

async function sendWithRetries<T>(tools: CallTools, call: Call<T>): Promise<TransportResult> {
  const { timers } = tools
  // The monotonic clock: setting the computer's time must not stretch or end a deadline.
  const endsAt = timers.monotonicMs() + call.deadlineMs
  for (let triesMade = 1; ; triesMade += 1) {
    const deadlineMs = Math.max(1, endsAt - timers.monotonicMs())
    const last = await tools.transport.send({ path: call.path, body: call.body, deadlineMs })
    const leftMs = endsAt - timers.monotonicMs()
    const pauseMs = pauseBeforeRetryMs({ kind: call.kind, last, triesMade, leftMs, random: tools.random() })
    if (pauseMs === undefined) return last
    await new Promise<void>((resolve) => timers.after(pauseMs, resolve))
  }
}

function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  // Anything shorter is no token, and replacing it would tear unrelated digits.
  const tokens = secrets.filter((secret) => secret !== undefined && secret.length >= 16)
  return tokens.reduce<string>((masked, token) => masked.replaceAll(token ?? '', maskToken(token ?? '')), text)
}
