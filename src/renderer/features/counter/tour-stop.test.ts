import { expect, test } from 'vitest'
import { COUNTER_STEPS } from '../../ui/words/counter.ts'
import { TOUR_STOPS } from '../../ui/words/tour.ts'
import { tourStop } from './tour-stop.ts'

test('the tour stands where the payment stands, and every stop is come to', () => {
  const stops = [...COUNTER_STEPS.map((step) => tourStop(step, false)), tourStop('choose', true)]
  expect(new Set(stops.filter((stop) => stop !== null))).toEqual(new Set(TOUR_STOPS))
})

test('the tour is out of the way where money is in question', () => {
  for (const step of ['unknown', 'half', 'review', 'revoking'] as const) {
    expect(tourStop(step, false)).toBeNull()
    expect(tourStop(step, true)).toBeNull()
  }
})
