import { createStore, type StoreApi } from 'zustand'
import type { Order } from '#shared/contract/orders.ts'
import type { RefundChannel } from '#shared/contract/refunds.ts'
import type { RefundType } from '#shared/domain/refund-step.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { classifyScan } from '../../lib/scanner/classify-scan.ts'
import type { HeldToken } from '../../lib/scanner/held-token.ts'
import { mayBeVoucher, otherPersonWords, readVoucher } from '../../lib/scanner/read-voucher.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import { REFUND_LACK_WORDS, REFUND_WORDS } from '../../ui/words/refunds.ts'
import { CUE_WORDS } from '../../ui/words/scan.ts'
import { firstType, lackOf, refundStep, tailMatches } from './refund-flow.ts'

export interface RefundState {
  readonly medOrgOrd: string | null
  readonly order: Order | null
  readonly type: RefundType | null
  readonly channel: RefundChannel
  readonly token: HeldToken | null
  readonly reason: string
  readonly tail: string
  /** The second question is open. */
  readonly asking: boolean
  readonly sending: boolean
  /** A scanned code is being turned into a token. */
  readonly reading: boolean
  readonly querying: boolean
  readonly cue: { readonly tone: 'good' | 'warning'; readonly words: string } | null
  readonly failure: ShownFailure | null
  open(medOrgOrd: string): Promise<void>
  setType(type: RefundType): void
  setChannel(channel: RefundChannel): void
  setReason(reason: string): void
  setTail(tail: string): void
  scanned(outcome: ScanOutcome): Promise<void>
  simulateScan(): Promise<void>
  /** F10 before the second question. */
  ask(): void
  /** F10 in the second question. */
  confirm(): Promise<void>
  query(): Promise<void>
  poll(): Promise<void>
  /** One step back that changes nothing. False: there was none, leave the screen. */
  back(): boolean
  dropToken(words: string | null): void
  /**
   * The screen is left: what was scanned and what was being confirmed are gone. Where it is the lock that hides the
   * screen, only what was scanned is: opened again, the same refund stands as it was, unless its order has changed.
   */
  leave(): void
}

const NOTHING_CHOSEN = {
  order: null,
  type: null,
  channel: 'online',
  token: null,
  reason: '',
  tail: '',
  asking: false,
  sending: false,
  reading: false,
  querying: false,
  cue: null,
  failure: null,
} as const satisfies Partial<RefundState>

/** One refund from choice to proof. It is sent once; what stands in the store afterwards is what counts. */
export function createRefundStore({ client, app }: FeatureDeps): StoreApi<RefundState> {
  const intent = createRequestIntent()
  /** The order as it stood when the lock hid its refund. */
  let hidden: Order | null = null
  const now = () => app.clock.now()
  const block = () => moneyBlock(app.getState().health, app.getState().connection, '退款')

  const store = createStore<RefundState>((set, get) => {
    const warn = (words: string) => set({ cue: { tone: 'warning', words } })

    const takeOrder = (told: Order) => {
      const { medOrgOrd, order: known, type, asking } = get()
      if (told.medOrgOrd !== medOrgOrd || (known !== null && told.updatedAtMs < known.updatedAtMs)) return
      const isStillLegal = type !== null && told.refundObstacles[type] === null
      set({
        order: told,
        type: isStillLegal ? type : firstType(told),
        asking: asking && isStillLegal,
        // The rest of a half refund is for the same reason as its first part.
        reason: get().reason === '' ? (told.refunds.at(-1)?.reason ?? '') : get().reason,
      })
    }

    const load = async (medOrgOrd: string) => {
      const answer = await client.call('orders.get', { medOrgOrd })
      if (answer.ok) takeOrder(answer.value)
      else if (get().medOrgOrd === medOrgOrd && answer.error.code !== 'DISCONNECTED') set({ failure: answer.error })
    }

    const send = async (order: Order, type: RefundType) => {
      const { channel, token, reason } = get()
      const ecToken = channel === 'offline' ? token?.value : undefined
      set({ sending: true, failure: null, cue: null })
      const { medOrgOrd } = order
      const content = JSON.stringify(['refund', medOrgOrd, type, channel, ecToken, reason])
      const answer = await client.call('refunds.start', {
        requestId: intent.idFor(content),
        medOrgOrd,
        refdType: type,
        refChannel: channel,
        reason,
        ...(ecToken === undefined ? {} : { ecToken }),
      })
      // Without an answer the intent stays open, and with it what it is made of: pressed again, it is the same request.
      const isAnswered = answer.ok || answer.error.code !== 'DISCONNECTED'
      if (isAnswered) intent.settle()
      if (get().medOrgOrd !== medOrgOrd) return
      set({ sending: false, ...(isAnswered ? { asking: false, tail: '', token: null } : {}) })
      if (answer.ok) return takeOrder(answer.value)
      set({ failure: answer.error })
      await load(medOrgOrd)
    }

    const beginAnew = () => {
      const { order, sending } = get()
      if (order === null || sending) return
      set({ ...NOTHING_CHOSEN })
      takeOrder(order)
      if (refundStep(get()) === 'choose' || refundStep(get()) === 'half') warn(REFUND_WORDS.changedWhileLocked)
    }

    client.onEvent((event) => {
      if (event.name === 'order.changed') takeOrder(event.payload)
    })

    return {
      medOrgOrd: null,
      ...NOTHING_CHOSEN,

      async open(medOrgOrd) {
        const before = hidden?.medOrgOrd === medOrgOrd ? hidden : null
        hidden = null
        if (before === null) set({ ...NOTHING_CHOSEN, medOrgOrd })
        await load(medOrgOrd)
        if (before !== null && get().order?.updatedAtMs !== before.updatedAtMs) beginAnew()
      },
      setType: (type) => set({ type, cue: null }),
      setChannel: (channel) => set({ channel, cue: null, token: null }),
      setReason: (reason) => set({ reason, cue: null }),
      setTail: (tail) => set({ tail, cue: null }),

      async scanned(outcome) {
        const step = refundStep(get())
        const { medOrgOrd, reading } = get()
        if (medOrgOrd === null || reading) return
        if (outcome.kind === 'repeated') return
        if (outcome.kind === 'incomplete') return warn(REFUND_WORDS.incomplete)
        if (get().channel !== 'offline' || (step !== 'choose' && step !== 'half')) return warn(REFUND_WORDS.notNeeded)
        const scan = classifyScan(outcome.text, () => false)
        if (scan.kind === 'payAuthNo' || !mayBeVoucher(scan, outcome.text, { app })) return warn(REFUND_WORDS.onlyToken)
        set({ reading: true, cue: null, failure: null })
        const read = await readVoucher(scan, outcome.text, medOrgOrd, { client, app })
        if (get().medOrgOrd !== medOrgOrd) return
        set({ reading: false })
        if (read.kind === 'failed') return set({ failure: read.failure })
        const otherPerson = otherPersonWords(read.token)
        if (otherPerson !== null) return warn(`${otherPerson}。${CUE_WORDS.scanOwnVoucher}`)
        set({ token: read.token })
      },

      async simulateScan() {
        const { medOrgOrd } = get()
        if (medOrgOrd === null) return
        const answer = await client.call('counter.simulateScan', { medOrgOrd })
        if (get().medOrgOrd !== medOrgOrd) return
        if (answer.ok) await get().scanned({ kind: 'scan', text: answer.value.ecToken })
        else set({ failure: answer.error })
      },

      ask() {
        const step = refundStep(get())
        if ((step !== 'choose' && step !== 'half') || block() !== null) return
        const lack = lackOf(get(), now())
        if (lack !== undefined) warn(REFUND_LACK_WORDS[lack])
        else set({ asking: true, tail: '', cue: null, failure: null })
      },

      async confirm() {
        const { order, type } = get()
        if (refundStep(get()) !== 'confirm' || order === null || type === null || block() !== null) return
        const lack = lackOf(get(), now())
        if (lack !== undefined) return set({ asking: false, cue: { tone: 'warning', words: REFUND_LACK_WORDS[lack] } })
        if (!tailMatches(get())) return warn(REFUND_LACK_WORDS.tail)
        await send(order, type)
      },

      async query() {
        const { order, medOrgOrd } = get()
        if (order?.may.query !== true || medOrgOrd === null || get().querying || get().sending) return
        set({ querying: true, failure: null })
        const answer = await client.call('orders.refresh', { medOrgOrd })
        if (get().medOrgOrd !== medOrgOrd) return
        set({ querying: false })
        if (answer.ok) takeOrder(answer.value)
        else set({ failure: answer.error })
      },

      async poll() {
        const { medOrgOrd } = get()
        if (medOrgOrd !== null) await load(medOrgOrd)
      },

      back() {
        if (get().sending) return true
        if (get().asking) set({ asking: false, tail: '', cue: null })
        else if (get().token !== null) get().dropToken(REFUND_WORDS.dropped)
        else return false
        return true
      },

      dropToken(words) {
        set({ token: null, asking: false, tail: '', cue: words === null ? null : { tone: 'warning', words } })
      },
      leave() {
        hidden = app.getState().lock.locked ? get().order : null
        if (hidden === null) set({ token: null, asking: false, tail: '' })
        else if (get().token !== null) get().dropToken(REFUND_WORDS.dropped)
      },
    }
  })
  return store
}
