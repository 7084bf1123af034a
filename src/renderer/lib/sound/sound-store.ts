import { createStore } from 'zustand'
import type { Settings } from '#shared/contract/settings.ts'
import { lastUsed } from '../last-used.ts'

export type SoundSettings = Settings['sound']

/** What of the desk may be heard now. One a window, because the loudspeaker is one: tones and voice both ask here. */
export interface SoundState {
  readonly settings: SoundSettings
  /** What the frame's button says above the settings; `null` until it was pressed, and again when they change. */
  readonly mutedHere: boolean | null
}

const SILENT: SoundSettings = { volume: 0, muted: true, voice: false, attention: false }

/** Silent until the settings have come. */
export const soundStore = createStore<SoundState>(() => ({ settings: SILENT, mutedHere: null }))

/** Takes in the settings in force; others than before take back what the frame's button said. */
export function applySoundSettings(settings: SoundSettings): void {
  const before = soundStore.getState().settings
  if (JSON.stringify(before) !== JSON.stringify(settings)) soundStore.setState({ settings, mutedHere: null })
}

/** The frame's button: for this window, until it is closed or the settings change. */
export function toggleMute(): void {
  soundStore.setState({ mutedHere: !isMuted(soundStore.getState()) })
}

export function isMuted({ settings, mutedHere }: SoundState): boolean {
  return mutedHere ?? settings.muted
}

/** How loud this window is now, 0 to 100. */
export function loudness(): number {
  const state = soundStore.getState()
  return isMuted(state) || !lastUsed.getState().isThisWindow ? 0 : state.settings.volume
}
