import { CheckOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import { bind } from '../../lib/key-registry.ts'
import { goTo } from '../../lib/navigation.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { SETUP_NEXT, SETUP_STEP_WORDS, SETUP_WORDS } from '../../ui/words/setup.ts'
import { SettingField } from './setting-field.tsx'
import { problemsAt } from './settings-draft.ts'
import styles from './setup.module.css'
import { forgetSetup, rememberSetup } from './setup-memory.ts'
import { isFailed, setupState } from './setup-state.ts'
import { fieldsOf, progressOf, SETUP_STEPS, type SetupStep } from './setup-steps.ts'
import { TestPanel } from './test-panel.tsx'
import { useChanges, useProblems, useSettings, useShown } from './use-settings.ts'

/** Set-up, one step after the other, each tested before the next; at the end everything is shown and saved at once. */
export function GuidedSetup({ step, onStep }: { step: number; onStep: (step: number | null) => void }) {
  const draft = useShown()
  const problems = useProblems()
  const { saveDraft, saving, test, tests } = useSettings((state) => state)
  const current = SETUP_STEPS[step]
  const isWrong =
    current === undefined
      ? problems.length > 0
      : fieldsOf(current, draft).some((path) => problemsAt(problems, path).length > 0)
  const hasBegun = useSettings((state) => state.draft !== null)
  useEffect(() => {
    // Before that the form shows what is in force, which nobody has typed.
    if (hasBegun) rememberSetup(progressOf(step, draft))
  }, [step, draft, hasBegun])
  const next = async () => {
    if (current !== undefined) return onStep(step + 1)
    if (!(await saveDraft())) return
    forgetSetup()
    goTo('counter')
  }
  const before = () => (step === 0 ? onStep(null) : onStep(step - 1))
  const nextWords = current === undefined ? SETUP_WORDS.save : SETUP_WORDS.next
  const beforeWords = step === 0 ? SETUP_WORDS.leave : SETUP_WORDS.before
  const canTest = current !== undefined && current.tests.length > 0
  useKeymap({
    confirm: bind(nextWords, () => void next(), saving ? SETUP_WORDS.saving : isWrong ? SETUP_WORDS.incomplete : null),
    back: bind(beforeWords, before),
    query: bind(
      '测试',
      () => canTest && void test(current.tests),
      canTest ? (problems.length > 0 ? SETUP_WORDS.incomplete : null) : KEY_OFF_WORDS.noTest,
    ),
  })
  const said = SETUP_NEXT[setupState(current, isWrong, { saving, tests })]
  return (
    <section className={styles.setup} data-testid="guided-setup" data-step={current?.id ?? 'summary'}>
      <Progress step={step} />
      <NextKey action={said.key}>
        <div className={styles.body} key={step}>
          {current === undefined ? <Summary /> : <Step step={current} />}
        </div>
        <div className={styles.foot}>
          <ActionButton
            action="confirm"
            size="large"
            disabled={isWrong || saving}
            testId="setup-next"
            onClick={() => void next()}
          >
            {nextWords}
          </ActionButton>
          <ActionButton action="back" size="large" testId="setup-before" onClick={before}>
            {beforeWords}
          </ActionButton>
        </div>
      </NextKey>
      <SayAndNext next={said} />
    </section>
  )
}

function Progress({ step }: { step: number }) {
  const titles = [...SETUP_STEPS.map(({ id }) => SETUP_STEP_WORDS[id].title), SETUP_WORDS.summary]
  return (
    <ol className={styles.progress} aria-label={SETUP_WORDS.title}>
      {titles.map((title, index) => (
        <li key={title} aria-current={index === step ? 'step' : undefined}>
          <Mark index={index} step={step} /> {title}
        </li>
      ))}
    </ol>
  )
}

/** A tick says that a step was filled in; one whose test failed does not look as if it were done. */
function Mark({ index, step }: { index: number; step: number }) {
  const tests = useSettings((state) => state.tests)
  if (index >= step) return <span>{index + 1}</span>
  const passed = SETUP_STEPS[index]
  if (passed === undefined || !isFailed(passed, tests)) return <CheckOutlined aria-label={SETUP_WORDS.filled} />
  return (
    <span className={styles.failed} role="img" aria-label={SETUP_WORDS.failed}>
      <ExclamationCircleFilled /> {SETUP_WORDS.failed}
    </span>
  )
}

function Step({ step }: { step: SetupStep }) {
  const draft = useShown()
  const form = useRef<HTMLDivElement>(null)
  // A step begins in its first field, so that it can be filled in without a mouse.
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), [])
  return (
    <div className={styles.form} ref={form}>
      <h2>{SETUP_STEP_WORDS[step.id].title}</h2>
      <p>{SETUP_STEP_WORDS[step.id].ask}</p>
      {fieldsOf(step, draft).map((path) => (
        <SettingField key={path} path={path} />
      ))}
      {step.tests.length > 0 && <TestPanel parts={step.tests} />}
    </div>
  )
}

function Summary() {
  const changes = useChanges()
  const failure = useSettings((state) => state.failure)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled by keyboard only when it has focus.
    <section className={styles.form} tabIndex={0} aria-label={SETUP_WORDS.summary} data-testid="setup-summary">
      <h2>{SETUP_WORDS.summary}</h2>
      <dl className={styles.values}>
        {changes.map(({ path, name, to }) => (
          <div key={path}>
            <dt>{name}</dt>
            <dd>{to}</dd>
          </div>
        ))}
      </dl>
      <Notice tone="warning">{SETUP_WORDS.production}</Notice>
      {failure !== null && <FailureLine failure={failure} />}
    </section>
  )
}
