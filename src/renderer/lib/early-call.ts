import type { ProcedureName } from '#shared/contract/table.ts'
import type { Result } from '#shared/domain/result.ts'
import type { LocalFailure, Transport } from './transport.ts'

/** An early answer is no older than this, in ms, when it is taken: the window was still being read and drawn. */
const FRESH_MS = 3000

type Sent = Result<unknown, LocalFailure>

/**
 * Asks now, with nothing in it, what the window is about to ask, so that the answers are there when the window is. The
 * first call of such a name takes its answer over, unless that call comes late, the early one failed, or the main process
 * has told of any change since, which nobody here could hear yet; then it is made as usual.
 */
export function askEarly(transport: Transport, names: readonly ProcedureName[]): Transport {
  const askedAtMs = performance.now()
  const early = new Map<string, Promise<Sent>>(names.map((name) => [name, transport.send(name, {})]))
  const stopWatching = transport.onEvent(() => forget())
  const forget = () => {
    early.clear()
    stopWatching()
  }
  return {
    ...transport,
    async send(name, input) {
      const asked = early.get(name)
      if (asked === undefined || JSON.stringify(input) !== '{}') return transport.send(name, input)
      early.delete(name)
      if (early.size === 0) stopWatching()
      if (performance.now() - askedAtMs > FRESH_MS) return transport.send(name, input)
      const answer = await asked
      return isSuccess(answer) ? answer : transport.send(name, input)
    },
  }
}

function isSuccess(answer: Sent): boolean {
  if (!answer.ok || typeof answer.value !== 'object' || answer.value === null) return false
  return 'ok' in answer.value && answer.value.ok === true
}
