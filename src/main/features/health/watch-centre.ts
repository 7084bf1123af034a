import type { CentreClient, CentreOutcome, CentreProbe } from '#main/centre-client/centre-client.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import type { HealthBoard } from './health-board.ts'

/** A clock this far off makes the centre's times and ours tell different stories. */
const TOLERATED_SKEW_MS = 60_000
const LOOK_EVERY_MS = 15_000
/** Real traffic says more than a look does; after this long without any, we look. */
const QUIET_MS = 60_000

/** The centre's client, with the health board hearing how each call went. */
export function watchedCentre(client: CentreClient, board: HealthBoard, onHeard: () => void): CentreClient {
  const heard = <T>(outcome: CentreOutcome<T>): CentreOutcome<T> => {
    onHeard()
    noteOutcome(board, outcome)
    return outcome
  }
  return {
    queryOrder: async (numbers, about) => heard(await client.queryOrder(numbers, about)),
    uploadFees: async (request) => heard(await client.uploadFees(request)),
    revokeUpload: async (numbers, about) => heard(await client.revokeUpload(numbers, about)),
    refund: async (request) => heard(await client.refund(request)),
    notifyClinic: async (notice) => heard(await client.notifyClinic(notice)),
    downloadBill: async (bill) => heard(await client.downloadBill(bill)),
    probe: () => client.probe(),
    close: () => client.close(),
  }
}

export interface ProberParts {
  readonly client: CentreClient
  readonly board: HealthBoard
  readonly clock: Clock
  readonly timers: Timers
}

/** Looks at the centre at start, while it is down, and when nothing was heard of it for a minute. */
export class CentreProber {
  readonly #parts: ProberParts
  #heardAtMs = Number.NEGATIVE_INFINITY
  #stopLooking: (() => void) | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(parts: ProberParts) {
    this.#parts = parts
  }

  heard(): void {
    this.#heardAtMs = this.#parts.clock.now()
  }

  start(): void {
    this.#looking = this.#look()
    const { board, clock, timers } = this.#parts
    this.#stopLooking = timers.every(LOOK_EVERY_MS, () => {
      const quiet = clock.now() - this.#heardAtMs > QUIET_MS
      if (quiet || board.read().centre.state === 'down') this.#looking = this.#look()
    })
  }

  async close(): Promise<void> {
    this.#stopLooking?.()
    await this.#looking
  }

  async #look(): Promise<void> {
    noteProbe(this.#parts.board, await this.#parts.client.probe())
    this.heard()
  }
}

function noteOutcome<T>(board: HealthBoard, outcome: CentreOutcome<T>): void {
  if (outcome.outcome === 'succeeded' || (outcome.outcome === 'failed' && outcome.reason === 'refused')) {
    board.set('centre', 'ok', '医保中心应答正常')
  } else if (outcome.outcome === 'failed') {
    board.set('centre', 'down', outcome.words)
  } else {
    board.set('centre', 'warn', outcome.words)
  }
}

function noteProbe(board: HealthBoard, probe: CentreProbe): void {
  if (!probe.reachable) board.set('centre', 'down', probe.words)
  else if (!probe.answered) board.set('centre', 'warn', '医保中心已连通，但没有应答')
  else if (Math.abs(probe.skewMs ?? 0) > TOLERATED_SKEW_MS) board.set('centre', 'warn', skewWords(probe.skewMs ?? 0))
  else board.set('centre', 'ok', '医保中心已连通')
}

function skewWords(skewMs: number): string {
  return `本机时钟比医保中心${skewMs > 0 ? '慢' : '快'} ${Math.round(Math.abs(skewMs) / 1000)} 秒`
}
