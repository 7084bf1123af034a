import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from '#scripts/lib/project.ts'
import { type Load, sendAll } from '../callbacks/load.ts'
import { startChild } from '../lib/child.ts'
import type { BenchContext, Figure, Measurement } from '../lib/measurement.ts'
import { median, quantile } from '../lib/statistics.ts'
import { pendingOrders } from '../orders/pending.ts'

const SERVER = 'bench/callbacks/server.ts'
const SETTLEMENT = '/his/settlement/notify'
const CLIENTS = 32
const DAY = '2026-07-01'
const KINDS = ['desk', 'bare', 'each'] as const
type Kind = (typeof KINDS)[number]
/** A message of the handler that commits each takes three fsyncs: so many are enough to know its pace. */
const SLOW_EACH = 60
const SLOW_ROUNDS = 3
const ROUNDS = 6
/** Messages of a round. Its clients all begin at once, so there are many more than these; what commits each takes longer. */
const COUNTS: Readonly<Record<Kind, number>> = { desk: 4000, bare: 4000, each: 1000 }
/** Messages of a round on a slow disk. */
const SLOW_COUNT = 2000
/** What one handler left to the disk, and its checkpoint a second later, is not to slow the next one. */
const REST_MS = 2_000
const EACH = 'the same inbox, no commit shared'

/**
 * Durable acknowledgements of settlement results, against the same listener that reads and stores nothing, and against
 * the same inbox that shares no commit: it writes what the product writes, or it would be compared with less work. What
 * shared commits save is fsyncs; so that budget is for disks on which an fsync takes what it takes on an old desk.
 */
export const callbacks: Measurement = {
  name: 'callbacks',
  what: 'settlement results acknowledged by the callback listener, 32 clients',
  longOnly: 'its ratio stands so near its budget that other work decides',
  async run(context) {
    const loads = await playRounds(context.folder)
    const perSecond = (kind: Kind) => median(loads[kind].map((load) => load.perSecond))
    const slow = await withSlowDisks(context)
    return [
      {
        what: 'acknowledged durably, beside a server that stores nothing',
        measured: perSecond('desk'),
        unit: '/s',
        reference: { what: 'the same listener, reads and stores nothing', value: perSecond('bare') },
        budget: { of: 'ratio', atLeast: 0.6 },
      },
      {
        what: 'acknowledged durably, beside a commit for each, on the disk of this machine',
        measured: perSecond('desk'),
        unit: '/s',
        reference: { what: EACH, value: perSecond('each') },
        budget: { of: 'ratio' },
      },
      {
        what: 'acknowledgement, p99 of 32 clients',
        measured: quantile(
          loads.desk.flatMap(({ times }) => times),
          0.99,
        ),
        unit: 'ms',
        budget: { of: 'time', atMost: 50 },
      },
      ...slow,
    ]
  },
}

/** The first round warms up the processes and does not count. */
async function playRounds(folder: string): Promise<Record<Kind, Load[]>> {
  const loads: Record<Kind, Load[]> = { desk: [], bare: [], each: [] }
  const place = (kind: Kind) => [kind, join(folder, kind, 'cashier.db'), '1', String(ROUNDS * COUNTS[kind])]
  await using desk = await startChild(SERVER, place('desk'))
  await using bare = await startChild(SERVER, place('bare'))
  await using each = await startChild(SERVER, place('each'))
  const servers = { desk, bare, each }
  const bodies = bodiesOf(1, ROUNDS * COUNTS.desk)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of KINDS) {
      const part = bodies.slice(round * COUNTS[kind], (round + 1) * COUNTS[kind])
      await pause(REST_MS)
      const load = await sendAll(`${servers[kind].firstLine}${SETTLEMENT}`, part, CLIENTS)
      if (round > 0) loads[kind].push(load)
    }
  }
  return loads
}

function bodiesOf(first: number, count: number): readonly string[] {
  return pendingOrders(first, count, DAY, Date.UTC(2026, 6, 1)).map(({ settlement }) => settlement)
}

/** Every fsync takes longer, by a shim in front of the system's: 5 ms as of a cheap SSD, 20 ms as of an old hard disk. */
async function withSlowDisks({ folder, say }: BenchContext): Promise<readonly Figure[]> {
  const shim = join(folder, 'slow-fsync.so')
  const source = join(ROOT, 'bench', 'callbacks', 'slow-fsync.c')
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'])
  if (compiled.status !== 0) {
    say('no C compiler here, so no slow disk')
    return []
  }
  const paceOf = async (kind: Kind, ms: number, messages: number, rounds: number) => {
    const env = { ...process.env, LD_PRELOAD: shim, SLOW_FSYNC_MS: String(ms) }
    const args = [kind, join(folder, `slow-${kind}-${ms}`, 'cashier.db'), '1', String(rounds * messages)]
    await using server = await startChild(SERVER, args, env)
    const paces: number[] = []
    const bodies = bodiesOf(1, rounds * messages)
    for (let from = 0; from < bodies.length; from += messages) {
      const part = bodies.slice(from, from + messages)
      paces.push((await sendAll(`${server.firstLine}${SETTLEMENT}`, part, CLIENTS)).perSecond)
    }
    return median(paces)
  }
  // In rounds, as above: the first is of a server whose code nothing has run yet.
  const both = async (ms: number) => ({
    desk: await paceOf('desk', ms, SLOW_COUNT, SLOW_ROUNDS),
    each: await paceOf('each', ms, SLOW_EACH, SLOW_ROUNDS),
  })
  const five = await both(5)
  const twenty = await both(20)
  return [
    besideEach(5, five),
    besideEach(20, twenty),
    {
      what: 'acknowledged durably, every fsync 20 ms slower',
      measured: twenty.desk,
      unit: '/s',
      budget: { of: 'time', atLeast: 800 },
    },
  ]
}

function besideEach(ms: number, { desk, each }: { readonly desk: number; readonly each: number }): Figure {
  return {
    what: `acknowledged durably, beside a commit for each, every fsync ${ms} ms slower`,
    measured: desk,
    unit: '/s',
    reference: { what: EACH, value: each },
    budget: { of: 'ratio', atLeast: 4 },
  }
}
