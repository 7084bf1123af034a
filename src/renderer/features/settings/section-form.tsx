import { hrefFor } from '../../lib/navigation.ts'
import { Notice } from '../../ui/notice.tsx'
import type { SettingPath } from '../../ui/words/settings.ts'
import { ENVIRONMENT_NOTES } from '../../ui/words/settings.ts'
import { SETUP_WORDS } from '../../ui/words/setup.ts'
import { DisplayTrial } from './display-trial.tsx'
import { SettingField } from './setting-field.tsx'
import type { Section } from './setting-fields.ts'
import styles from './settings.module.css'
import { problemsAt, valueAt } from './settings-draft.ts'
import { SoundTrial } from './sound-trial.tsx'
import { TestPanel } from './test-panel.tsx'
import { useProblems, useShown } from './use-settings.ts'

/** The fields of one section, what is seldom touched folded away, and its test. */
export function SectionForm({ section }: { section: Section }) {
  const shown = useShown()
  const problems = useProblems()
  const { byChoice } = section
  const chosen = byChoice === undefined ? undefined : valueAt(shown, byChoice.of)
  const byChosen = Object.entries(byChoice?.fields ?? {}).flatMap(([name, fields]) =>
    // A mistake keeps saving away, so it is shown even where its choice is another.
    fields.filter((path) => name === chosen || problemsAt(problems, path).length > 0),
  )
  return (
    <div className={styles.form}>
      {[...section.fields, ...byChosen].map((path) => (
        <SettingField key={path} path={path} />
      ))}
      {section.id === 'environment' && (
        <a href={hrefFor('setup')} data-testid="open-setup">
          {SETUP_WORDS.resume}：{SETUP_WORDS.title}
        </a>
      )}
      {section.id === 'environment' && <EnvironmentNote environment={valueAt(shown, 'environment')} />}
      {section.id === 'display' && <DisplayTrial />}
      {section.id === 'sound' && <SoundTrial volume={valueAt(shown, 'sound.volume')} />}
      {section.more !== undefined && <More {...section.more} />}
      {section.tests !== undefined && <TestPanel parts={section.tests} />}
    </div>
  )
}

/** Folded, unless a mistake stands in it: that must be seen. */
function More({ title, fields }: { title: string; fields: readonly SettingPath[] }) {
  const problems = useProblems()
  const isWrong = fields.some((path) => problemsAt(problems, path).length > 0)
  return (
    <details className={styles.more} open={isWrong || undefined}>
      <summary>{title}</summary>
      {fields.map((path) => (
        <SettingField key={path} path={path} />
      ))}
    </details>
  )
}

function EnvironmentNote({ environment }: { environment: unknown }) {
  if (environment !== 'production' && environment !== 'test' && environment !== 'simulated') return null
  return <Notice tone={environment === 'production' ? 'warning' : 'neutral'}>{ENVIRONMENT_NOTES[environment]}</Notice>
}
