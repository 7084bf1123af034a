import type { SettingsStep } from '../../ui/words/settings.ts'
import type { SettingsState } from './settings-store.ts'

/** What comes next of the settings. Pure. A question that is asked goes before everything else. */
export function settingsStep(
  { asking, saving, draft, section }: Pick<SettingsState, 'asking' | 'saving' | 'draft' | 'section'>,
  problems: number,
): SettingsStep {
  if (saving) return 'saving'
  if (asking !== null) return asking
  if (draft === null) return section === 'calibration' ? 'calibrate' : 'unchanged'
  return problems > 0 ? 'wrong' : 'changed'
}
