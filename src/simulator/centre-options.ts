import type { Clock } from '#shared/domain/time.ts'

/** How one simulated centre is set up. Paths are configuration because the document names none. */
export interface CentreOptions {
  /** 0 picks a free one. */
  readonly port: number
  readonly appId: string
  readonly orgCodg: string
  readonly orgName: string
  readonly paths: {
    readonly cashier: string
    readonly queryOrder: string
    readonly refund: string
    readonly downloadBill: string
    readonly uploadFees: string
    readonly revokeUpload: string
    readonly notifyClinic: string
  }
  /** Base URL of the hospital's listener; asked at each call, since it may be known only after this server started. */
  readonly callbackBase: () => string
  readonly callbackPaths: {
    readonly feeDetail: string
    readonly settlement: string
    readonly miniProgram: string
    readonly feeList: string
  }
  /** The patient pays by himself so long after the upload; `null` waits for the phone page or the control API. */
  readonly payAfterMs: number | null
  /** Pause before a settlement result that was not acknowledged is sent again. */
  readonly callbackPauseMs?: number
  /**
   * Where the orders are kept over a restart; without it a restart begins an empty day. With port 0 the port used last
   * is tried first.
   */
  readonly stateFile?: string
  readonly clock?: Clock
}

/** Region of the simulated centre: 99 is no real province, so nothing it makes can be taken for a real number. */
export const SIMULATED_REGION = '990101'
