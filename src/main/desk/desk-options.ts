import type { PrintPort } from '#main/features/receipts/print-port.ts'
import type { EventBus } from '#main/rpc/event-bus.ts'
import type { OpenOptions } from '#main/store/open.ts'
import type { Store } from '#main/store/store.ts'
import type { JobRunner } from '#main/worker/job-runner.ts'
import type { Environment, Settings } from '#shared/contract/settings.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import type { Network } from './network.ts'

/** How hospital IT puts this backup back: the exact command, which each host has its own of. zh-CN. */
export type RestoreWords = (backup: string, environment: Environment) => string

export interface DeskOptions {
  readonly dataDir: string
  readonly storeKey: Buffer | undefined
  readonly settings: Settings
  /** Nobody has chosen yet what this machine is for. */
  readonly isFirstStart: () => boolean
  readonly clock: Clock
  readonly timers: Timers
  /** From 0 to below 1; spreads retries. */
  readonly random: () => number
  readonly network: Network
  /** Long work beside the event loop. */
  readonly jobs: JobRunner
  /** Entry of the thread that moves the store's log into the database; absent where none is to be started. */
  readonly checkpointFile: URL | undefined
  readonly events: EventBus
  readonly report: (reportId: string, error: unknown) => void
  /** Absent where the window prints by itself. */
  readonly printer: PrintPort | undefined
  /** Absent where `npm run restore` does it. */
  readonly restoreWords: RestoreWords | undefined
  /** Resolves when the calls being answered are answered: they still write. */
  readonly callsUnderWay: () => Promise<unknown>
}

/** What every part of a desk is built on. */
export interface DeskBase {
  readonly options: DeskOptions
  readonly store: Store
  /** Where the database of this environment lies, for work that opens it for itself. */
  readonly database: OpenOptions
  readonly settings: Settings
  readonly clock: Clock
  /** A bug met outside of any call. */
  readonly report: (error: unknown) => void
}
