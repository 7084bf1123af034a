import { useEffect } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { Order } from '#shared/contract/orders.ts'
import { FEE_CHANGED_WORDS } from '../ui/words/counter.ts'
import { CUE_WORDS, scanAnswer } from '../ui/words/scan.ts'
import { type FeatureDeps, useFeatureStore } from './feature-store.tsx'
import { moneyBlock } from './money-block.ts'
import { createRequestIntent } from './request-intent.ts'
import type { ShownFailure } from './rpc-client.ts'
import { classifyScan } from './scanner/classify-scan.ts'
import { type HeldToken, isAlive } from './scanner/held-token.ts'
import { mayBeVoucher, otherPersonWords, readVoucher } from './scanner/read-voucher.ts'
import type { ScanOutcome } from './scanner/scan-outcome.ts'

export interface ReuploadState {
  /** The order that is being asked about; `null` while nobody asked. */
  readonly medOrgOrd: string | null
  readonly token: HeldToken | null
  readonly busy: boolean
  readonly cue: string | null
  readonly failure: ShownFailure | null
  start(order: Order): void
  scanned(outcome: ScanOutcome): Promise<void>
  simulateScan(): Promise<void>
  /** F10: revokes and uploads what the hospital has now, with the scanned code. */
  confirm(): Promise<void>
  /** The code is too old. */
  expire(): void
  back(): void
}

const NOTHING_ASKED = { medOrgOrd: null, token: null, busy: false, cue: null, failure: null } as const

/** A charge that changed after its upload: revoke and upload again as one action, on whatever screen it is seen. */
export function createReuploadStore({ client, app }: FeatureDeps): StoreApi<ReuploadState> {
  const intent = createRequestIntent()
  const store = createStore<ReuploadState>((set, get) => ({
    ...NOTHING_ASKED,

    start(order) {
      if (order.feeChanged && order.may.revoke && !get().busy) set({ ...NOTHING_ASKED, medOrgOrd: order.medOrgOrd })
    },

    async scanned(outcome) {
      const { medOrgOrd, busy } = get()
      if (outcome.kind === 'repeated' || medOrgOrd === null || busy) return
      if (outcome.kind === 'incomplete') return set({ cue: CUE_WORDS.incomplete })
      const scan = classifyScan(outcome.text, () => false)
      if (!mayBeVoucher(scan, outcome.text, { app })) return set({ cue: scanAnswer(scan.kind, 'scan') })
      if (scan.kind === 'payAuthNo' && !scan.isSure) return set({ cue: FEE_CHANGED_WORDS.scan })
      set({ busy: true, cue: null, failure: null })
      const read = await readVoucher(scan, outcome.text, medOrgOrd, { client, app })
      if (get().medOrgOrd !== medOrgOrd) return
      if (read.kind === 'failed') return set({ busy: false, failure: read.failure })
      const otherPerson = otherPersonWords(read.token)
      if (otherPerson !== null) return set({ busy: false, cue: `${otherPerson}。${CUE_WORDS.scanOwnVoucher}` })
      set({ busy: false, token: read.token })
    },

    async simulateScan() {
      const { medOrgOrd } = get()
      if (medOrgOrd === null) return
      const answer = await client.call('counter.simulateScan', { medOrgOrd })
      if (answer.ok) await get().scanned({ kind: 'scan', text: answer.value.ecToken })
      else set({ failure: answer.error })
    },

    async confirm() {
      const { medOrgOrd, token, busy } = get()
      const { health, connection } = app.getState()
      if (medOrgOrd === null || busy || moneyBlock(health, connection) !== null) return
      if (!isAlive(token, app.clock.now())) return set({ token: null, cue: CUE_WORDS.nothingScanned })
      set({ busy: true, cue: null, failure: null })
      const requestId = intent.idFor(`reupload ${medOrgOrd} ${token.value}`)
      const answer = await client.call('counter.reupload', { requestId, medOrgOrd, [token.kind]: token.value })
      // Without an answer the intent and the code stay: pressed again, it is the same request.
      const isAnswered = answer.ok || answer.error.code !== 'DISCONNECTED'
      if (isAnswered) intent.settle()
      // What became of the order comes as an event, as for any other step.
      if (answer.ok) set(NOTHING_ASKED)
      else set({ busy: false, failure: answer.error, ...(isAnswered ? { token: null } : {}) })
    },

    expire: () => set({ token: null, cue: CUE_WORDS.expired }),

    back() {
      if (!get().busy) set(NOTHING_ASKED)
    },
  }))
  app.subscribe(({ lock }) => {
    if (lock.locked) store.setState({ token: null })
  })
  return store
}

/**
 * Whether the question is open for the order that is shown. A question about an order that is shown no longer, and the
 * code scanned for it, are gone.
 */
export function useReuploadFor(medOrgOrd: string | null): { readonly isAsking: boolean } & ReuploadState {
  const reupload = useReupload((state) => state)
  const { back } = reupload
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order on screen is what ends the question.
  useEffect(() => back, [medOrgOrd, back])
  return { ...reupload, isAsking: medOrgOrd !== null && reupload.medOrgOrd === medOrgOrd }
}

export function useReupload<T>(select: (state: ReuploadState) => T): T {
  return useStore(useFeatureStore(createReuploadStore), select)
}
