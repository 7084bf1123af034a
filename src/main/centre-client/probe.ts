import type { Transport } from '#main/http/transport.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { CentreProbe } from './centre-client.ts'

const PROBE_DEADLINE_MS = 3_000

/**
 * Whether somebody listens at the base URL: a connection, and a HEAD that moves nothing. Any answer will do, also 404.
 * The clock's skew comes from the `Date` header, whose resolution is one second.
 */
export async function probeCentre(transport: Transport, clock: Clock): Promise<CentreProbe> {
  const sentAtMs = clock.now()
  const result = await transport.send({ method: 'HEAD', path: '', body: '', deadlineMs: PROBE_DEADLINE_MS })
  const heardAtMs = clock.now()
  if (result.kind === 'notSent') return { reachable: false, words: result.words }
  if (result.kind === 'maybeSent') return { reachable: true, answered: false, skewMs: null }
  const middleMs = (sentAtMs + heardAtMs) / 2
  // The header cuts off the second's fraction; half of it is the best guess.
  const skewMs = result.dateAtMs === null ? null : Math.round(result.dateAtMs + 500 - middleMs)
  return { reachable: true, answered: true, skewMs }
}
