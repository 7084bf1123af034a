import type { SetupState } from '../../ui/words/setup.ts'
import type { SettingsState } from './settings-store.ts'
import type { SetupStep } from './setup-steps.ts'

/** What comes next in the guided set-up. Pure. `step`: absent at the summary. */
export function setupState(
  step: SetupStep | undefined,
  isWrong: boolean,
  { saving, tests }: Pick<SettingsState, 'saving' | 'tests'>,
): SetupState {
  if (saving) return 'saving'
  if (isWrong) return 'fill'
  if (step === undefined) return 'save'
  const found = step.tests.map((part) => tests[part])
  if (found.some((test) => test?.status === 'loading')) return 'testing'
  if (found.some((test) => test === undefined)) return 'test'
  return isFailed(step, tests) ? 'mend' : 'next'
}

/** Whether a test of this step was made, with what is typed now, and found something that does not work. */
export function isFailed(step: SetupStep, tests: SettingsState['tests']): boolean {
  return step.tests.some((part) => {
    const test = tests[part]
    return test?.status === 'failed' || (test?.status === 'ready' && test.value.state === 'down')
  })
}
