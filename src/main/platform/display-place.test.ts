import { expect, test } from 'vitest'
import { displayPlace } from './display-place.ts'

const DESK = { id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }
const SECOND = { id: 2, bounds: { x: 1366, y: 0, width: 800, height: 480 } }

test.each([
  ['auto', [DESK, SECOND], false, { bounds: SECOND.bounds, fullScreen: true }],
  ['auto', [SECOND, DESK], false, { bounds: SECOND.bounds, fullScreen: true }],
  ['auto', [DESK], false, null],
  ['auto', [DESK], true, { bounds: { x: 0, y: 0, width: 800, height: 480 }, fullScreen: false }],
  ['on', [DESK], false, { bounds: { x: 0, y: 0, width: 800, height: 480 }, fullScreen: false }],
  ['on', [DESK, SECOND], false, { bounds: SECOND.bounds, fullScreen: true }],
  ['off', [DESK, SECOND], true, null],
  ['on', [], true, null],
] as const)('%s with screens %j, asked for: %s', (enabled, screens, wasAskedFor, place) => {
  expect(displayPlace(enabled, screens, DESK.id, wasAskedFor)).toEqual(place)
})
