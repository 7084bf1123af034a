import { createStore, type StoreApi } from 'zustand'
import type { Notice } from '#shared/contract/notices.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { classifyScan } from '../../lib/scanner/classify-scan.ts'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import { NOTICE_LACK_WORDS, NOTICE_WORDS } from '../../ui/words/notices.ts'
import type { Tone } from '../../ui/words/words.ts'
import { lackOf, type NoticeFacts, type NoticeForm } from './notice-step.ts'

export interface NoticesState {
  readonly form: NoticeForm
  readonly history: Remote<readonly Notice[]>
  readonly sending: boolean
  /** Of the last notice, until the form is touched again. */
  readonly cameOf: NoticeFacts['cameOf']
  readonly cue: { readonly tone: Tone; readonly words: string } | null
  readonly failure: ShownFailure | null
  edit(change: Partial<NoticeForm>): void
  scanned(outcome: ScanOutcome): void
  /** The person of an order, as far as the order tells: the name. */
  prefill(medOrgOrd: string): Promise<void>
  load(): Promise<void>
  send(): Promise<void>
  clear(): void
}

const RESIDENT_ID = '01'
const EMPTY: NoticeForm = { psnName: '', idType: RESIDENT_ID, idNo: '', msgType: '1', channel: '' }

/** Notices to patients (interface 1.8) and those sent before. */
export function createNoticesStore({ client, app }: FeatureDeps): StoreApi<NoticesState> {
  const intent = createRequestIntent()
  const store = createStore<NoticesState>((set, get) => {
    const tell = (tone: Tone, words: string) => set({ cue: { tone, words } })

    const answered = (failure: ShownFailure | null) => {
      if (failure === null) {
        set({ form: { ...get().form, psnName: '', idNo: '' }, cameOf: 'sent' })
        return tell('good', NOTICE_WORDS.sent)
      }
      // The words for an unknown charge ("do not let the patient go") are not those for a message.
      if (failure.code === 'OUTCOME_UNKNOWN') {
        set({ cameOf: 'unknown' })
        return tell('warning', `${NOTICE_WORDS.unknown}。${NOTICE_WORDS.unknownNext}`)
      }
      set({ failure })
    }

    return {
      form: EMPTY,
      history: IDLE,
      sending: false,
      cameOf: null,
      cue: null,
      failure: null,

      edit: (change) => set({ form: { ...get().form, ...change }, cameOf: null, cue: null, failure: null }),

      scanned(outcome) {
        if (outcome.kind === 'repeated') return
        if (outcome.kind === 'incomplete') return tell('warning', NOTICE_WORDS.incomplete)
        const scan = classifyScan(outcome.text, () => false)
        if (scan.kind !== 'residentId') return tell('warning', NOTICE_WORDS.notAnId)
        get().edit({ idType: RESIDENT_ID, idNo: scan.value })
        tell('good', NOTICE_WORDS.scanned)
      },

      async prefill(medOrgOrd) {
        const answer = await client.call('orders.get', { medOrgOrd })
        if (!answer.ok) return set({ failure: answer.error })
        get().edit({ psnName: answer.value.patientName, msgType: '1' })
        tell('neutral', NOTICE_WORDS.prefilled)
      },

      async load() {
        set({ history: loadingAfter(get().history) })
        const answer = await client.call('notices.list', {})
        set({
          history: answer.ok
            ? { status: 'ready', value: answer.value.notices }
            : { status: 'failed', failure: answer.error, value: lastValue(get().history) },
        })
      },

      async send() {
        const { form, sending } = get()
        const { health, connection } = app.getState()
        if (sending || moneyBlock(health, connection, '通知') !== null) return
        const lack = lackOf(form)
        if (lack !== undefined) return tell('warning', NOTICE_LACK_WORDS[lack])
        set({ sending: true, cameOf: null, cue: null, failure: null })
        const answer = await client.call('notices.send', { requestId: intent.idFor(JSON.stringify(form)), ...form })
        // Without an answer the intent stays open: pressed again, it carries the same requestId.
        if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
        set({ sending: false })
        answered(answer.ok ? null : answer.error)
        await get().load()
      },

      clear: () => set({ form: EMPTY, cameOf: null, cue: null, failure: null }),
    }
  })
  return store
}
