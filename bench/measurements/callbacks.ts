import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Load, sendAll } from '../callbacks/load.ts'
import { ROOT, startChild } from '../lib/child.ts'
import type { BenchContext, Figure, Measurement } from '../lib/measurement.ts'
import { median, quantile } from '../lib/statistics.ts'
import { pendingOrders } from '../orders/pending.ts'

const SERVER = 'bench/callbacks/server.ts'
const SETTLEMENT = '/his/settlement/notify'
const CLIENTS = 32
const DAY = '2026-07-01'
const KINDS = ['desk', 'bare', 'each'] as const
type Kind = (typeof KINDS)[number]

/**
 * Durable acknowledgements of settlement results, against the same listener that reads and stores nothing, and against
 * the same inbox that shares no commit: it writes what the product writes, or it would be compared with less work.
 */
export const callbacks: Measurement = {
  name: 'callbacks',
  what: 'settlement results acknowledged by the callback listener, 32 clients',
  async run(context) {
    const { rounds, count } = context.short ? { rounds: 3, count: 300 } : { rounds: 5, count: 1500 }
    const loads = await playRounds(context.folder, rounds, count)
    const perSecond = (kind: Kind) => median(loads[kind].map((load) => load.perSecond))
    const slow = await withSlowDisk(context, count)
    return [
      {
        what: 'acknowledged durably, beside a server that stores nothing',
        measured: perSecond('desk'),
        unit: '/s',
        reference: { what: 'the same listener, reads and stores nothing', value: perSecond('bare') },
        budget: { of: 'ratio', atLeast: 0.6 },
      },
      {
        what: 'acknowledged durably, beside a commit for each',
        measured: perSecond('desk'),
        unit: '/s',
        reference: { what: 'the same inbox, no commit shared', value: perSecond('each') },
        budget: { of: 'ratio', atLeast: 4 },
      },
      {
        what: 'acknowledgement, p99 of 32 clients',
        measured: median(loads.desk.map(({ times }) => quantile(times, 0.99))),
        unit: 'ms',
        budget: { of: 'time', atMost: 50 },
      },
      ...slow,
    ]
  },
}

async function playRounds(folder: string, rounds: number, count: number): Promise<Record<Kind, Load[]>> {
  const loads: Record<Kind, Load[]> = { desk: [], bare: [], each: [] }
  const all = rounds * count
  const place = (kind: Kind) => [kind, join(folder, kind, 'cashier.db'), '1', String(all)]
  await using desk = await startChild(SERVER, place('desk'))
  await using bare = await startChild(SERVER, place('bare'))
  await using each = await startChild(SERVER, place('each'))
  const servers = { desk, bare, each }
  const bodies = bodiesOf(1, all)
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS) {
      const part = bodies.slice(round * count, (round + 1) * count)
      loads[kind].push(await sendAll(`${servers[kind].firstLine}${SETTLEMENT}`, part, CLIENTS))
    }
  }
  return loads
}

function bodiesOf(first: number, count: number): readonly string[] {
  return pendingOrders(first, count, DAY, Date.UTC(2026, 6, 1)).map(({ settlement }) => settlement)
}

/** Every fsync takes 20 ms longer, by a shim in front of the system's. */
async function withSlowDisk({ folder, say }: BenchContext, count: number): Promise<readonly Figure[]> {
  const shim = join(folder, 'slow-fsync.so')
  const source = join(ROOT, 'bench', 'callbacks', 'slow-fsync.c')
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'])
  if (compiled.status !== 0) {
    say('no C compiler here, so no slow disk')
    return []
  }
  const env = { ...process.env, LD_PRELOAD: shim, SLOW_FSYNC_MS: '20' }
  const args = ['desk', join(folder, 'slow', 'cashier.db'), '1', String(count)]
  await using desk = await startChild(SERVER, args, env)
  const { perSecond } = await sendAll(`${desk.firstLine}${SETTLEMENT}`, bodiesOf(1, count), CLIENTS)
  return [
    {
      what: 'acknowledged durably, every fsync 20 ms slower',
      measured: perSecond,
      unit: '/s',
      budget: { of: 'value', atLeast: 800 },
    },
  ]
}
