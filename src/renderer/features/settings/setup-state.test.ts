import { expect, test } from 'vitest'
import type { SettingsTest } from '#shared/contract/settings.ts'
import type { Remote } from '../../lib/remote.ts'
import { settingsStep } from './settings-step.ts'
import { setupState } from './setup-state.ts'
import { SETUP_STEPS } from './setup-steps.ts'

const [CENTRE] = SETUP_STEPS
const DESK = SETUP_STEPS.find(({ tests }) => tests.length === 0)
const found = (state: SettingsTest['state']): Remote<SettingsTest> => ({
  status: 'ready',
  value: { state, words: '', details: [] },
})

test('a step of the set-up is filled in, tested, mended, and only then left behind', () => {
  const state = (tests: Parameters<typeof setupState>[2]['tests'], isWrong = false) =>
    setupState(CENTRE, isWrong, { saving: false, tests })
  expect(state({}, true)).toBe('fill')
  expect(state({})).toBe('test')
  expect(state({ centre: { status: 'loading' }, identity: found('ok') })).toBe('testing')
  expect(state({ centre: found('down'), identity: found('ok') })).toBe('mend')
  expect(state({ centre: found('ok') })).toBe('test')
  expect(state({ centre: found('warn'), identity: found('ok') })).toBe('next')
})

test('a step without a test is simply left behind, and the summary is saved', () => {
  expect(setupState(DESK, false, { saving: false, tests: {} })).toBe('next')
  expect(setupState(undefined, false, { saving: false, tests: {} })).toBe('save')
  expect(setupState(undefined, false, { saving: true, tests: {} })).toBe('saving')
})

test('the settings say what is next: a question before a mistake, a mistake before saving', () => {
  const clean = { asking: null, saving: false, draft: null, section: 'centre' } as const
  expect(settingsStep(clean, 0)).toBe('unchanged')
  expect(settingsStep({ ...clean, section: 'calibration' }, 0)).toBe('calibrate')
  expect(settingsStep({ ...clean, draft: {} }, 2)).toBe('wrong')
  expect(settingsStep({ ...clean, draft: {} }, 0)).toBe('changed')
  expect(settingsStep({ ...clean, draft: {}, asking: 'environment' }, 0)).toBe('environment')
  expect(settingsStep({ ...clean, draft: {}, saving: true }, 0)).toBe('saving')
})
