import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startDeskProcess } from '../lib/desk-process.ts'
import { type SettlementLoad, settlementLoad } from '../lib/settlement-load.ts'
import { nothingLeft, prepareOrders, type Reckoning, reckon } from '../lib/stored-settlements.ts'
import { conclude, type Finding, skip } from '../lib/verdict.ts'
import { buildShim, DurableDisk } from './durable-disk.ts'

/**
 * `npm run test:powercut -- --cuts 20`: the desk on a disk that keeps only what was synced; the power is cut at random
 * moments under load, checkpoints of the thread among them. Lost 0, corrupt 0. Controls: a desk that acknowledges before
 * its syncs have ended loses some; where it waits for the journal's copy alone, none, because the copy brings them back;
 * a desk whose checkpoints are not synced cannot be read afterwards, or lost some.
 */
const { values } = parseArgs({ options: { cuts: { type: 'string', default: '20' } } })
const cuts = Number(values.cuts)
const CLIENTS = 16
const LIFE_MS = { least: 300, most: 1_500 }
const PREPARED = 400
const CONTROL_CUTS = 4
const HASTY = ['--import', './test/proofs/powercut/hasty.ts']
const LOG = '-wal'
const COPY = '.jsonl'
/** Long enough for logs that begin anew. */
const CHECKPOINT_LIFE_MS = { least: 2_500, most: 3_500 }
const CHECKPOINT_CUTS = 2
const MOST_WAITED_MS = 60_000
/** Without load, so that a checkpoint comes to the end of the log. */
const REST_MS = 2_500
/** What a desk says that refuses to start on such a database. */
const DAMAGED = '数据库文件已损坏'

interface Run extends Reckoning {
  readonly acknowledged: number
  /** Whether SQLite's own syncs, and Node's, went through the shim. */
  readonly seen: boolean
  readonly checkpoints: number
}

const folder = mkdtempSync(join(tmpdir(), 'medins-cashier-powercut-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const shim = buildShim(folder)
if ('why' in shim) skip('test:powercut', shim.why)

const few = Math.min(cuts, CONTROL_CUTS)
const product = await run('product', shim.file, { times: cuts })
const copied = await run('copied', shim.file, { times: few, hasty: [LOG] })
const control = await run('control', shim.file, { times: CONTROL_CUTS, hasty: [LOG, COPY] })
const alone = await run('alone', shim.file, { times: CHECKPOINT_CUTS, copy: false, pastCheckpoint: true })
const unsynced = await run('unsynced', shim.file, {
  ...{ times: CHECKPOINT_CUTS, lifeMs: CHECKPOINT_LIFE_MS, copy: false, hastyCheckpoints: true },
})
conclude('test:powercut', [
  { what: 'cuts', figure: cuts, holds: cuts > 0 },
  ...verdict('the product', product),
  ...verdict('acknowledged before the log is synced, after the journal copy', copied),
  {
    what: 'control (acknowledged before either is synced), lost',
    figure: `${control.lost} of ${control.acknowledged}`,
    holds: control.lost > 0,
  },
  ...verdict('the product without its copy, through checkpoints', alone),
  {
    what: 'its checkpoints by the thread',
    figure: alone.checkpoints,
    holds: alone.checkpoints >= CHECKPOINT_CUTS,
  },
  {
    what: 'control (checkpoints not synced), lost and integrity',
    figure: `${unsynced.lost} of ${unsynced.acknowledged}, ${unsynced.integrity}`,
    holds: unsynced.lost > 0 || unsynced.integrity !== 'ok',
  },
])

function verdict(name: string, { acknowledged, lost, duplicates, integrity, seen }: Run): readonly Finding[] {
  return [
    { what: `${name}, acknowledged`, figure: acknowledged, holds: acknowledged > 0 },
    { what: `${name}, lost`, figure: lost, holds: lost === 0 },
    { what: `${name}, duplicates`, figure: duplicates, holds: duplicates === 0 },
    { what: `${name}, integrity`, figure: integrity, holds: integrity === 'ok' },
    { what: `${name}, syncs of SQLite and of the copy seen`, figure: String(seen), holds: seen },
  ]
}

interface Plan {
  readonly times: number
  readonly lifeMs?: { readonly least: number; readonly most: number }
  /** Endings of files whose sync the desk does not wait for. */
  readonly hasty?: readonly string[]
  readonly hastyCheckpoints?: boolean
  /** false: the journal's copy is taken away at each cut, so that the database speaks for itself. */
  readonly copy?: boolean
  /** The power is not cut before the thread has made a checkpoint. */
  readonly pastCheckpoint?: boolean
}

/**
 * A checkpoint syncs the database only when it comes to the end of the log, to which the thread gets where nothing commits
 * for a moment. Afterwards there is load again, and then the power goes.
 */
async function nextCheckpoint(disk: DurableDisk, load: SettlementLoad, begin: () => void): Promise<void> {
  const before = disk.checkpoints
  const deadline = performance.now() + MOST_WAITED_MS
  while (disk.checkpoints === before && performance.now() < deadline) {
    await pause(CHECKPOINT_LIFE_MS.least)
    await load.end()
    await pause(REST_MS)
    begin()
  }
}

async function run(name: string, shimFile: string, plan: Plan): Promise<Run> {
  const { times, lifeMs = LIFE_MS, hasty = [], hastyCheckpoints = false, copy = true, pastCheckpoint = false } = plan
  const place = join(folder, name)
  const disk = new DurableDisk(place)
  const database = join(disk.dataDir, 'test', 'cashier.db')
  const settings = settingsSchema.parse({ environment: 'test', listener: { port: 0 } })
  const config = join(place, 'config.json')
  writeFileSync(config, JSON.stringify(settings))
  prepareOrders(database, PREPARED)
  disk.settle()
  const load = settlementLoad(settings)
  const nodeArgs = hasty.length === 0 && !hastyCheckpoints ? [] : HASTY
  const env = {
    ...disk.env(shimFile),
    ...{ HASTY_FILES: hasty.join(':'), HASTY_CHECKPOINTS: hastyCheckpoints ? 'yes' : 'no' },
  }
  const start = () => startDeskProcess({ dataDir: disk.dataDir, config, nodeArgs, env })
  let seen = true
  const ended = (reckoned: Reckoning): Run => {
    return { ...reckoned, acknowledged: load.acknowledged.size, seen, checkpoints: disk.checkpoints }
  }
  try {
    for (let cut = 0; cut < times; cut += 1) {
      const desk = await start()
      load.begin(desk.ready.listener, CLIENTS)
      if (pastCheckpoint) await nextCheckpoint(disk, load, () => load.begin(desk.ready.listener, CLIENTS))
      await pause(lifeMs.least + Math.random() * (lifeMs.most - lifeMs.least))
      await desk.kill()
      await load.end()
      seen &&= disk.has('-wal') && disk.has('.jsonl')
      // Half of the cuts lose all that was not synced; in the others some of it had reached the disk.
      disk.cut(cut % 2 === 0 ? 0 : Math.random())
      if (!copy) disk.remove(join('test', 'journal'))
    }
    await (await start()).stop()
  } catch (error) {
    // A desk that refuses what is left is a verdict on that; whatever else goes wrong is one on nothing.
    if (!(error instanceof Error && error.message.includes(DAMAGED))) throw error
    return ended(nothingLeft(load.acknowledged, error.message))
  }
  return ended(reckon(database, load.acknowledged))
}
