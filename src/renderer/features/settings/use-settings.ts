import { useMemo } from 'react'
import { useStore } from 'zustand'
import { type InputProblem, readInput } from '#shared/contract/problems.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { useApp, useFeatureStore } from '../../lib/feature-store.tsx'
import { changesOf, type Draft, type SettingChange } from './settings-draft.ts'
import { createSettingsStore, type SettingsState } from './settings-store.ts'

export function useSettings<T>(select: (state: SettingsState) => T): T {
  return useStore(useFeatureStore(createSettingsStore), select)
}

const NOTHING: readonly never[] = []

/** What the form shows: the draft, or what is in force while there is none. */
export function useShown(): Draft {
  const settings = useApp((state) => state.settings)
  return useSettings((state) => state.draft) ?? settings ?? {}
}

/** Every mistake of the draft. */
export function useProblems(): readonly InputProblem[] {
  const draft = useSettings((state) => state.draft)
  return useMemo(() => {
    const read = draft === null ? undefined : readInput(settingsSchema, draft)
    return read === undefined || read.ok ? NOTHING : read.problems
  }, [draft])
}

export function useChanges(): readonly SettingChange[] {
  const draft = useSettings((state) => state.draft)
  const settings = useApp((state) => state.settings)
  return useMemo(() => (draft === null || settings === null ? NOTHING : changesOf(settings, draft)), [draft, settings])
}
