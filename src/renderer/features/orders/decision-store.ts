import { createStore, type StoreApi, useStore } from 'zustand'
import type { Order } from '#shared/contract/orders.ts'
import {
  type DecisionOutcome,
  decisionObstacle,
  type EvidenceKind,
  needsEvidenceNumber,
} from '#shared/domain/decision.ts'
import { isNotable, type NotableReason } from '#shared/domain/order-view.ts'
import { type FeatureDeps, useFeatureStore } from '../../lib/feature-store.tsx'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import type { DecisionLack } from '../../ui/words/decisions.ts'

/** What a person may add to an order: a decision on its unknown outcome, or a note on its alarm; `null` for neither. */
export type Addition =
  | { readonly mode: 'decide'; readonly operationId: string }
  | { readonly mode: 'note'; readonly reason: NotableReason }
  | null

export function additionTo(order: Order): Addition {
  const { operation, attention } = order
  if (operation?.state === 'unknown') return { mode: 'decide', operationId: operation.id }
  return attention !== undefined && isNotable(attention.reason) ? { mode: 'note', reason: attention.reason } : null
}

/** Whether it is too early to decide; time goes on without news of the order. */
export function isTooEarly({ operation, questionsAsked }: Order, nowMs: number): boolean {
  return decisionObstacle({ operation, questionsAsked, nowMs }) === 'tooEarly'
}

interface DecisionInput {
  readonly outcome: DecisionOutcome | null
  readonly evidenceKind: EvidenceKind | null
  readonly evidenceNumber: string
  readonly note: string
  /** What was typed against the end of the order number. */
  readonly tail: string
}

export interface DecisionState extends DecisionInput {
  readonly medOrgOrd: string | null
  readonly addition: Addition
  /** The second question is open. */
  readonly asking: boolean
  readonly sending: boolean
  readonly lack: DecisionLack | null
  readonly failure: ShownFailure | null
  open(order: Order): void
  set(change: Partial<DecisionInput>): void
  /** F10: opens the second question, and in it sends. */
  confirm(): Promise<void>
  /** One step back that changes nothing. */
  back(): void
}

const EMPTY = {
  ...{ medOrgOrd: null, addition: null, outcome: null, evidenceKind: null, evidenceNumber: '', note: '', tail: '' },
  ...{ asking: false, sending: false, lack: null, failure: null },
} as const

/** A person's decision or note about one order, from the first key to the answer. It is sent once. */
export function createDecisionStore({ client, app }: FeatureDeps): StoreApi<DecisionState> {
  const intent = createRequestIntent()
  const store = createStore<DecisionState>((set, get) => ({
    ...EMPTY,

    open(order) {
      const addition = additionTo(order)
      const isLate = addition?.mode !== 'decide' || !isTooEarly(order, app.clock.now())
      if (addition !== null && isLate && !get().sending) set({ ...EMPTY, medOrgOrd: order.medOrgOrd, addition })
    },

    set: (change) => set({ ...change, lack: null, failure: null }),

    async confirm() {
      const { addition, medOrgOrd, asking, sending } = get()
      if (addition === null || medOrgOrd === null || sending) return
      const lack = lackOf(get(), app.getState().session?.environment === 'production')
      if (lack !== null) return set({ lack })
      if (!asking) return set({ asking: true, tail: '' })
      if (!tailMatches(get())) return set({ lack: 'tail' })
      set({ sending: true, failure: null })
      const answer = await send(medOrgOrd, addition)
      // Without an answer the intent stays open: pressed again, it is the same request.
      if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
      set(answer.ok ? EMPTY : { sending: false, failure: answer.error })
    },

    back() {
      if (get().sending) return
      set(get().asking ? { asking: false, tail: '', lack: null } : EMPTY)
    },
  }))

  const send = (medOrgOrd: string, addition: NonNullable<Addition>) => {
    const { outcome, evidenceKind, evidenceNumber, note } = store.getState()
    const requestId = intent.idFor(JSON.stringify([medOrgOrd, addition, outcome, evidenceKind, evidenceNumber, note]))
    if (addition.mode === 'note' || outcome === null || evidenceKind === null) {
      const reason = addition.mode === 'note' ? addition.reason : 'suspense'
      return client.call('orders.note', { requestId, medOrgOrd, reason, note })
    }
    const { operationId } = addition
    return client.call('orders.decide', {
      ...{ requestId, medOrgOrd, operationId, outcome, evidenceKind, note },
      ...(evidenceNumber.trim() === '' ? {} : { evidenceNumber }),
    })
  }
  return store
}

const SHORTEST_NOTE = 5

/** What lacks before it may be confirmed; the first thing only. */
function lackOf(state: DecisionState, isProduction: boolean): DecisionLack | null {
  const { addition, outcome, evidenceKind, evidenceNumber, note } = state
  if (addition?.mode === 'decide') {
    if (outcome === null) return 'outcome'
    if (evidenceKind === null) return 'evidenceKind'
    if (evidenceNumber.trim() === '' && needsEvidenceNumber(evidenceKind, isProduction)) return 'evidenceNumber'
  }
  return note.trim().length < SHORTEST_NOTE ? 'note' : null
}

/** Whether the end of the order number was typed: proof that a person looked which order it is. */
export function tailMatches({ medOrgOrd, tail }: Pick<DecisionState, 'medOrgOrd' | 'tail'>): boolean {
  return medOrgOrd !== null && tail.trim().toUpperCase() === medOrgOrd.slice(-4).toUpperCase()
}

export function useDecision<T>(select: (state: DecisionState) => T): T {
  return useStore(useFeatureStore(createDecisionStore), select)
}
