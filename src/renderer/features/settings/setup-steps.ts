import type { Settings, TestPart } from '#shared/contract/settings.ts'
import type { SettingPath } from '../../ui/words/settings.ts'
import type { SETUP_STEP_WORDS } from '../../ui/words/setup.ts'
import { type Draft, valueAt, withValue } from './settings-draft.ts'

export interface SetupStep {
  readonly id: keyof typeof SETUP_STEP_WORDS
  readonly fields: readonly SettingPath[]
  readonly bySource?: Readonly<Record<'folder' | 'http', readonly SettingPath[]>>
  readonly tests: readonly TestPart[]
}

/** What a desk needs before its first payment, in the order in which IT gets to know it. */
export const SETUP_STEPS: readonly SetupStep[] = [
  {
    id: 'centre',
    fields: ['centre.baseUrl', 'centre.appId', 'centre.orgCodg', 'centre.orgName'],
    tests: ['centre', 'identity'],
  },
  { id: 'listener', fields: ['listener.host', 'listener.port', 'listener.allowedCallers'], tests: ['listener'] },
  {
    id: 'his',
    fields: ['his.source'],
    bySource: { folder: ['his.folder.inbox', 'his.folder.outbox'], http: ['his.http.baseUrl'] },
    tests: ['his'],
  },
  { id: 'desk', fields: ['desk.name', 'desk.operatorName'], tests: [] },
]

/** The fields of a step as they are shown for the chosen source. */
export function fieldsOf(step: SetupStep, draft: unknown): readonly SettingPath[] {
  const source = valueAt(draft, 'his.source')
  const more = source === 'folder' || source === 'http' ? (step.bySource?.[source] ?? []) : []
  return [...step.fields, ...more]
}

/** Where set-up begins: the test environment, and nothing of what the simulated centre was called. */
export function setupDraft(settings: Settings): Draft {
  if (settings.environment !== 'simulated') return settings
  const blank = ['centre.baseUrl', 'centre.appId', 'centre.orgCodg', 'centre.orgName'] as const
  const cleared = blank.reduce<Draft>((draft, path) => withValue(draft, path, ''), settings)
  return withValue(withValue(cleared, 'environment', 'test'), 'listener.port', 9200)
}

/** What was typed and how far it got, so that it can be gone on with another day. */
export interface SetupProgress {
  readonly step: number
  readonly values: Readonly<Record<string, unknown>>
}

export function progressOf(step: number, draft: unknown): SetupProgress {
  const paths = SETUP_STEPS.flatMap(({ fields, bySource }) => [...fields, ...Object.values(bySource ?? {}).flat()])
  return { step, values: Object.fromEntries(paths.map((path) => [path, valueAt(draft, path)])) }
}

export function resumedDraft(settings: Settings, { values }: SetupProgress): Draft {
  return Object.entries(values).reduce<Draft>(
    (draft, [path, value]) => withValue(draft, path, value),
    setupDraft(settings),
  )
}
