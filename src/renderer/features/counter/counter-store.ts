import { createStore, type StoreApi } from 'zustand'
import type { Order } from '#shared/contract/orders.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { IDLE, lastValue, loadingAfter } from '../../lib/remote.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { CallFailure, CallResult } from '../../lib/rpc-client.ts'
import { isAlive } from '../../lib/scanner/held-token.ts'
import { notLegal } from '../../ui/order-words.ts'
import { CUE_WORDS } from '../../ui/words/scan.ts'
import { type CounterAction, counterStep, newerOrder } from './counter-flow.ts'
import { takeScan } from './counter-scan.ts'
import { type CounterState, NOTHING_OPEN } from './counter-state.ts'
import { answerQuestion } from './scan-question.ts'

/** The counter's data and actions. Server data comes from answers and is replaced by events. */
export function createCounterStore({ client, app }: FeatureDeps): StoreApi<CounterState> {
  const intent = createRequestIntent()

  const store = createStore<CounterState>((set, get) => {
    const warn = (words: string) => set({ cue: { tone: 'warning', words } })
    const isOpen = (medOrgOrd: string) => get().medOrgOrd === medOrgOrd
    const maySendMoney = () => moneyBlock(app.getState().health, app.getState().connection) === null

    /** One command or query on the open order. What comes back for an order that was left meanwhile changes nothing. */
    const act = async (
      busy: CounterAction,
      ask: (medOrgOrd: string) => Promise<CallResult<'counter.upload' | 'counter.revoke' | 'orders.refresh'>>,
    ) => {
      const { medOrgOrd } = get()
      if (medOrgOrd === null || get().busy !== null) return
      set({ busy, failure: null, cue: null, askingRevoke: false })
      const answer = await ask(medOrgOrd)
      // Without an answer the intent stays open: pressed again, it carries the same requestId.
      if (busy !== 'query' && (answer.ok || answer.error.code !== 'DISCONNECTED')) intent.settle()
      if (answer.ok) takeOrder(answer.value)
      if (!isOpen(medOrgOrd)) return
      // An order is answered once the upload was journalled: whatever came of it, the code is gone after use.
      set(answer.ok ? { busy: null, ...(busy === 'upload' && { token: null }) } : { busy: null, failure: answer.error })
      // Whatever went wrong, what stands in the store is what counts.
      if (!answer.ok) await loadOrder(medOrgOrd)
    }

    const takeOrder = (told: Order) => {
      const charges = lastValue(get().charges)
      if (charges?.charges.some((charge) => charge.medOrgOrd === told.medOrgOrd)) {
        const updated = charges.charges.map((charge) =>
          charge.medOrgOrd === told.medOrgOrd ? { ...charge, state: told.state } : charge,
        )
        set({ charges: { status: 'ready', value: { ...charges, charges: updated } } })
      }
      if (!isOpen(told.medOrgOrd)) return
      const order = newerOrder(get().order, told)
      const { token, question, askingRevoke } = get()
      set({
        order,
        token: order.may.upload ? token : null,
        // A code that is asked about is of no use once nothing may be uploaded.
        question: order.may.upload || question?.kind === 'otherCharge' ? question : null,
        askingRevoke: askingRevoke && order.may.revoke,
      })
    }

    const loadOrder = async (medOrgOrd: string) => {
      const answer = await client.call('orders.get', { medOrgOrd })
      if (answer.ok) takeOrder(answer.value)
      else if (isOpen(medOrgOrd) && isTrouble(answer.error)) set({ failure: answer.error })
    }

    const loadCharge = async (medOrgOrd: string) => {
      set({ charge: loadingAfter(get().charge) })
      const answer = await client.call('charges.get', { medOrgOrd })
      if (!isOpen(medOrgOrd)) return
      set({
        charge: answer.ok
          ? { status: 'ready', value: answer.value }
          : { status: 'failed', failure: answer.error, value: lastValue(get().charge) },
      })
    }

    client.onEvent((event) => {
      if (event.name === 'order.changed') takeOrder(event.payload)
    })
    app.subscribe(({ lock }) => {
      if (lock.locked) get().forgetCode()
    })
    let wasLost = false
    client.onConnection((connection) => {
      if (connection === 'open' && wasLost) void refetch()
      wasLost = connection === 'lost'
    })
    const refetch = async () => {
      const { medOrgOrd } = get()
      await Promise.all([get().loadCharges(), medOrgOrd === null ? undefined : loadOrder(medOrgOrd)])
    }

    return {
      search: '',
      charges: IDLE,
      ...NOTHING_OPEN,

      setSearch: (search) => set({ search }),

      async loadCharges() {
        const { search } = get()
        const text = search.trim()
        set({ charges: loadingAfter(get().charges), foundByScan: false })
        const answer = await client.call('charges.search', text === '' ? {} : { text })
        if (get().search !== search) return
        set({
          charges: answer.ok
            ? { status: 'ready', value: answer.value }
            : { status: 'failed', failure: answer.error, value: lastValue(get().charges) },
        })
      },

      async open(medOrgOrd) {
        set({ ...NOTHING_OPEN, medOrgOrd })
        await Promise.all([loadCharge(medOrgOrd), loadOrder(medOrgOrd)])
      },

      close() {
        set({ ...NOTHING_OPEN, search: '' })
        void get().loadCharges()
      },

      scanned: (outcome) => takeScan(outcome, { get, set, client, app }),
      answer: (isYes) => answerQuestion(isYes, { get, set }),

      async simulateScan() {
        const { medOrgOrd } = get()
        if (medOrgOrd === null) return
        const answer = await client.call('counter.simulateScan', { medOrgOrd })
        if (!isOpen(medOrgOrd)) return
        if (answer.ok) await get().scanned({ kind: 'scan', text: answer.value.ecToken })
        else set({ failure: answer.error })
      },

      async upload() {
        const { token, order } = get()
        if (get().question !== null) return
        if (token === null && counterStep(get(), app.clock.now()) === 'scan') warn(CUE_WORDS.nothingScanned)
        if (!isAlive(token, app.clock.now()) || order?.may.upload === false || !maySendMoney()) return
        await act('upload', (medOrgOrd) =>
          client.call('counter.upload', {
            requestId: intent.idFor(`upload ${medOrgOrd} ${token.value} ${token.otherPersonConfirmed}`),
            medOrgOrd,
            [token.kind]: token.value,
            ...(token.otherPersonConfirmed && { otherPersonConfirmed: true }),
          }),
        )
        const { failure } = get()
        if (failure?.code !== 'PATIENT_MISMATCH') return
        // The charge is another person's than it was when the code was scanned.
        set({ failure: null, token: null, question: { kind: 'otherPerson', token, words: failure.message } })
      },

      askRevoke() {
        const { order, busy } = get()
        if (order === null || busy !== null || !maySendMoney()) return
        const reason = notLegal('revoke', order)
        if (reason === null) set({ askingRevoke: true, cue: null })
        else warn(reason)
      },

      async revoke() {
        if (!get().askingRevoke || !maySendMoney()) return
        await act('revoke', (medOrgOrd) =>
          client.call('counter.revoke', { requestId: intent.idFor(`revoke ${medOrgOrd}`), medOrgOrd }),
        )
      },

      async query() {
        if (get().order?.may.query !== true) return
        await act('query', (medOrgOrd) => client.call('orders.refresh', { medOrgOrd }))
      },

      async poll() {
        const { medOrgOrd } = get()
        if (medOrgOrd !== null) await loadOrder(medOrgOrd)
      },

      refused: (reason) => warn(reason),

      back() {
        const { askingRevoke, question, token, busy, order, medOrgOrd } = get()
        if (busy !== null || medOrgOrd === null) return
        if (question !== null) void get().answer(false)
        else if (askingRevoke) set({ askingRevoke: false })
        else if (token !== null) get().dropToken(CUE_WORDS.dropped)
        else if (order === null || order.may.upload || isDone(get(), app.clock.now())) get().close()
      },

      dropToken(words) {
        if (get().token === null) return
        set({ token: null, cue: words === null ? null : { tone: 'warning', words } })
      },

      forgetCode: () => set({ token: null, question: null, firstReading: null, cue: null }),
    }
  })
  return store
}

/** Nothing is under way that closing the card would leave out of sight. */
function isDone(state: CounterState, nowMs: number): boolean {
  const step = counterStep(state, nowMs)
  return step === 'settled' || step === 'review'
}

/** A charge that was never sent has no order yet, and a lost connection is said by the frame. */
function isTrouble(error: CallFailure<'orders.get'>): boolean {
  return error.code !== 'ORDER_NOT_FOUND' && error.code !== 'DISCONNECTED'
}
