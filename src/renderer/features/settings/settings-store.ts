import { createStore, type StoreApi } from 'zustand'
import type { DriftRow } from '#shared/contract/diagnostics.ts'
import { readInput } from '#shared/contract/problems.ts'
import { type Settings, type SettingsTest, settingsSchema, type TestPart } from '#shared/contract/settings.ts'
import type { DictionaryName } from '#shared/domain/dictionaries.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { type SectionId, sectionOf } from './setting-fields.ts'
import { changesOf, type Draft, withSiteName, withValue } from './settings-draft.ts'

/** What F10 would confirm now. A change of environment is asked about on its own, after the summary. */
export type Question = 'save' | 'environment' | 'clearDrift'

export interface SettingsState {
  readonly section: SectionId
  /** `null` while nothing differs from what is in force. */
  readonly draft: Draft | null
  readonly asking: Question | null
  readonly saving: boolean
  readonly saved: boolean
  readonly failure: ShownFailure | null
  readonly tests: Readonly<Partial<Record<TestPart, Remote<SettingsTest>>>>
  readonly drift: Remote<readonly DriftRow[]>
  show(section: SectionId): void
  change(path: string, value: unknown): void
  rename(dictionary: DictionaryName, code: string, name: string | undefined): void
  /** Begins with these values instead of those in force. */
  begin(draft: Draft): void
  /** Saves the whole draft without a further question. @returns whether it is in force now. */
  saveDraft(): Promise<boolean>
  askSave(): void
  askClearDrift(): void
  /** Says yes to what is being asked. */
  confirm(): Promise<void>
  /** One step back: out of a question, then to what is in force. */
  back(): void
  discard(): void
  test(parts: readonly TestPart[]): Promise<void>
  loadDrift(): Promise<void>
}

/** A draft of the settings, what the tests found, and what differs on the wire. */
export function createSettingsStore({ client, app }: FeatureDeps): StoreApi<SettingsState> {
  const intent = createRequestIntent()
  return createStore<SettingsState>((set, get) => {
    const inForce = (): Settings | null => app.getState().settings
    const edit = (change: (draft: Draft) => Draft) => {
      const settings = inForce()
      if (settings === null || get().saving) return
      const draft = change(get().draft ?? settings)
      const differs = changesOf(settings, draft).length > 0
      // What was found tells of other values than these.
      set({ draft: differs ? draft : null, asking: null, failure: null, saved: false, tests: {} })
    }
    const save = async (): Promise<boolean> => {
      const read = readInput(settingsSchema, get().draft)
      if (!read.ok || get().saving) return false
      const settings = read.value
      set({ saving: true, asking: null, failure: null })
      const requestId = intent.idFor(`settings ${JSON.stringify(settings)}`)
      const answer = await client.call('settings.save', { requestId, settings })
      if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
      if (!answer.ok) {
        set({ saving: false, failure: answer.error })
        return false
      }
      app.setState({ settings: answer.value })
      // What was found under the old settings says nothing of the new ones.
      set({ saving: false, draft: null, saved: true, tests: {} })
      return true
    }
    const loadDrift = async () => {
      set({ drift: loadingAfter(get().drift) })
      const answer = await client.call('diagnostics.drift', {})
      set({
        drift: answer.ok
          ? { status: 'ready', value: answer.value.rows }
          : { status: 'failed', failure: answer.error, value: lastValue(get().drift) },
      })
    }
    const clearDrift = async () => {
      set({ asking: null, failure: null })
      const answer = await client.call('diagnostics.clearDrift', { requestId: intent.idFor('clearDrift') })
      if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
      if (!answer.ok) return set({ failure: answer.error })
      await loadDrift()
    }
    const tried = (part: TestPart, test: Remote<SettingsTest>) => set({ tests: { ...get().tests, [part]: test } })
    return {
      section: 'environment',
      draft: null,
      asking: null,
      saving: false,
      saved: false,
      failure: null,
      tests: {},
      drift: IDLE,
      show: (section) => set({ section, asking: null, failure: null }),
      change: (path, value) => edit((draft) => withValue(draft, path, value)),
      rename: (dictionary, code, name) => edit((draft) => withSiteName(draft, dictionary, code, name)),
      begin: (draft) => edit(() => draft),
      saveDraft: save,
      askSave() {
        const { draft } = get()
        if (draft === null) return
        const read = readInput(settingsSchema, draft)
        if (read.ok) return set({ asking: 'save' })
        set({ section: sectionOf(read.problems[0]?.path ?? '') ?? get().section })
      },
      askClearDrift: () => set({ asking: 'clearDrift' }),
      async confirm() {
        const { asking, draft } = get()
        if (asking === 'clearDrift') return clearDrift()
        if (asking === null) return get().askSave()
        const changesEnvironment = draft?.environment !== inForce()?.environment
        if (asking === 'save' && changesEnvironment) return set({ asking: 'environment' })
        await save()
      },
      back() {
        if (get().asking !== null) set({ asking: null })
        else get().discard()
      },
      discard: () => set({ draft: null, asking: null, failure: null }),
      async test(parts) {
        const read = readInput(settingsSchema, get().draft)
        // A draft with mistakes elsewhere cannot be tried; what is in force can.
        const tested = read.ok ? { settings: read.value } : {}
        await Promise.all(
          parts.map(async (part) => {
            tried(part, { status: 'loading' })
            const answer = await client.call('settings.test', { part, ...tested })
            tried(
              part,
              answer.ok ? { status: 'ready', value: answer.value } : { status: 'failed', failure: answer.error },
            )
          }),
        )
      },
      loadDrift,
    }
  })
}
