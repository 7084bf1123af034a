import { useEffect, useRef } from 'react'
import type { SettingsTest, TestPart } from '#shared/contract/settings.ts'
import type { Remote } from '../../lib/remote.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TEST_PART_WORDS, TEST_STATE_TONES } from '../../ui/words/settings.ts'
import { SETUP_WORDS } from '../../ui/words/setup.ts'
import styles from './settings.module.css'
import { useProblems, useSettings } from './use-settings.ts'

/** Tries out what is typed, or in force while nothing is, and says what was found. */
export function TestPanel({ parts }: { parts: readonly TestPart[] }) {
  const tests = useSettings((state) => state.tests)
  const test = useSettings((state) => state.test)
  const isDirty = useSettings((state) => state.draft !== null)
  const isWrong = useProblems().length > 0
  const isRunning = parts.some((part) => tests[part]?.status === 'loading')
  const panel = useRef<HTMLElement>(null)
  const isFound = parts.some((part) => tests[part] !== undefined) && !isRunning
  useEffect(() => {
    if (isFound) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [isFound])
  return (
    <section className={styles.tests} aria-label="测试" ref={panel}>
      <ActionButton action="query" loading={isRunning} testId="settings-test" onClick={() => void test(parts)}>
        测试
      </ActionButton>
      <span className={styles.meaning}>
        {parts.map((part) => TEST_PART_WORDS[part]).join('；')}
        {isDirty && `。${isWrong ? SETUP_WORDS.testsInForce : SETUP_WORDS.unsaved}`}
      </span>
      {parts.map((part) => (
        <Found key={part} part={part} test={tests[part]} />
      ))}
    </section>
  )
}

function Found({ part, test }: { part: TestPart; test: Remote<SettingsTest> | undefined }) {
  if (test === undefined || test.status === 'idle') return null
  if (test.status === 'failed') return <FailureLine failure={test.failure} />
  if (test.status === 'loading') return <Loading words="正在测试" />
  const { state, words, details } = test.value
  return (
    <Notice tone={TEST_STATE_TONES[state]} testId={`test-${part}`}>
      <b data-state={state}>{words}</b>
      <dl className={styles.details}>
        {details.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Notice>
  )
}
