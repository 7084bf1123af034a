import { type Chance, chance } from './random.ts'
import { CALLBACK_FAULTS, CALLBACKS, type Click, PATIENT_ACTS, REQUEST_FAULTS, REQUESTS, type Step } from './steps.ts'

/** Orders of one script: few, so that things happen to the same one. */
export const ORDERS = 5
const FEWEST_STEPS = 25
const MORE_STEPS = 30

/** A day at the window, as this seed tells it: stories of sales, refunds and revocations, and mishaps between them. */
export function generateScript(seed: number): readonly Step[] {
  const luck = chance(seed)
  const length = FEWEST_STEPS + luck.whole(MORE_STEPS)
  const steps: Step[] = []
  while (steps.length < length) steps.push(...aStory(luck))
  return steps
}

type Story = (luck: Chance, order: number) => readonly Step[]

/** How often each comes, in parts of the whole. */
const STORIES: readonly (readonly [number, Story])[] = [
  [10, aSale],
  [8, aRefund],
  [3, aRevocation],
  [2, (luck, order) => [{ do: 'reupload', ...soon(luck, order), clicks: aClick(luck) }]],
  [2, (luck, order) => [{ do: 'refresh', ...soon(luck, order) }]],
  [3, (luck, order) => [{ do: 'decide', afterMs: 120_000 + luck.whole(120_000), order, wrong: luck.next() < 0.2 }]],
  [2, (luck, order) => [{ do: 'notice', ...soon(luck, order), clicks: aClick(luck) }]],
  [4, (luck, order) => [{ do: 'patient', ...soon(luck, order), act: luck.pick(PATIENT_ACTS) }]],
  [3, (luck, order) => [aRequestFault(luck, order, luck.pick(REQUESTS))]],
  [2, (luck, order) => [aCallbackFault(luck, order, luck.pick(CALLBACKS))]],
  [2, (luck, order) => [{ do: 'tell', ...soon(luck, order), how: luck.pick(FORGERIES) }]],
  [2, (luck, order) => [{ do: 'says', ...soon(luck, order), code: luck.pick(CODES), ms: luck.whole(120_000) }]],
  [2, anOutage],
  [2, (luck) => [{ do: 'kill', afterMs: aPause(luck) }]],
  [1, (luck) => [{ do: 'restart', afterMs: aPause(luck) }]],
  [2, (luck) => [{ do: 'repeatLost', afterMs: aPause(luck) }]],
  [1, (luck) => [{ do: 'replay', afterMs: aPause(luck) }]],
]
const PARTS = STORIES.reduce((sum, [parts]) => sum + parts, 0)

/** Passing views of the centre, and codes that contradict what is true. */
const CODES = ['14', '17', '2', '3', '4', '12', '15', '99'] as const
const FORGERIES = ['honest', 'honest', 'badIdentity', 'otherMoney', 'foreign'] as const

function aStory(luck: Chance): readonly Step[] {
  let at = luck.whole(PARTS)
  for (const [parts, story] of STORIES) {
    if (at < parts) return story(luck, luck.whole(ORDERS))
    at -= parts
  }
  throw new Error('the parts do not add up')
}

/** An upload, and mostly a payment; either may go wrong on the wire. */
function aSale(luck: Chance, order: number): readonly Step[] {
  return [
    ...now(luck, 0.35, () => aRequestFault(luck, order, '1.6')),
    ...now(luck, 0.1, () => aCallbackFault(luck, order, '2.1')),
    { do: 'upload', ...soon(luck, order), clicks: aClick(luck) },
    ...now(luck, 0.4, () => aCallbackFault(luck, order, '2.2')),
    ...now(luck, 0.85, () => ({ do: 'patient', ...soon(luck, order), act: anAct(luck) })),
  ]
}

/** A payment taken back, in one step or in two, in either order; and now and then the other step as well. */
function aRefund(luck: Chance, order: number): readonly Step[] {
  const types = luck.pick([['ALL'], ['ALL'], ['HI', 'CASH'], ['HI'], ['CASH', 'HI'], ['HI', 'ALL']] as const)
  const channel = luck.pick(['online', 'offline'] as const)
  return [
    ...(luck.next() < 0.6 ? aSale(luck, order) : []),
    ...types.flatMap((type): readonly Step[] => [
      ...now(luck, 0.5, () => aRequestFault(luck, order, '1.4')),
      { do: 'refund', ...soon(luck, order), clicks: aClick(luck), type, channel },
    ]),
  ]
}

/** The hospital's system is away for a while. */
function anOutage(luck: Chance): readonly Step[] {
  return [
    { do: 'hospital', afterMs: aPause(luck), up: false },
    { do: 'hospital', afterMs: luck.whole(30_000), up: true },
  ]
}

/** A revocation, and now and then a patient who pays in the same moment. */
function aRevocation(luck: Chance, order: number): readonly Step[] {
  return [
    ...now(luck, 0.5, () => aRequestFault(luck, order, '1.7')),
    { do: 'revoke', ...soon(luck, order), clicks: aClick(luck) },
    ...now(luck, 0.4, () => ({ do: 'patient', afterMs: luck.whole(60), order, act: 'pay' })),
  ]
}

function aRequestFault(luck: Chance, order: number, on: (typeof REQUESTS)[number]): Step {
  const kind = luck.pick(REQUEST_FAULTS)
  const possible = kind === 'halfRefund' && on !== '1.4' ? 'cutAfter' : kind
  return { do: 'requestFault', ...soon(luck, order), on, kind: possible, ms: luck.whole(60_000) }
}

function aCallbackFault(luck: Chance, order: number, on: (typeof CALLBACKS)[number]): Step {
  return { do: 'callbackFault', ...soon(luck, order), on, kind: luck.pick(CALLBACK_FAULTS), ms: luck.whole(60_000) }
}

function now(luck: Chance, probability: number, make: () => Step): readonly Step[] {
  return luck.next() < probability ? [make()] : []
}

function anAct(luck: Chance) {
  return luck.next() < 0.75 ? ('pay' as const) : luck.pick(PATIENT_ACTS)
}

function aClick(luck: Chance): Click {
  return luck.pick(['once', 'once', 'once', 'twice', 'again'])
}

function soon(luck: Chance, order: number): { afterMs: number; order: number } {
  return { afterMs: aPause(luck), order }
}

/** Mostly moments, now and then minutes: faults meet while something is under way, and also long after. */
function aPause(luck: Chance): number {
  const kind = luck.next()
  if (kind < 0.4) return luck.whole(60)
  if (kind < 0.8) return luck.whole(5_000)
  return kind < 0.96 ? luck.whole(45_000) : luck.whole(400_000)
}
