import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startDeskProcess } from '../lib/desk-process.ts'
import { settlementLoad } from '../lib/settlement-load.ts'
import { prepareOrders, type Reckoning, reckon } from '../lib/stored-settlements.ts'
import { conclude, type Finding, skip } from '../lib/verdict.ts'
import { buildShim, DurableDisk } from './durable-disk.ts'

/**
 * `npm run test:powercut -- --cuts 20`: the desk on a disk that keeps only what was synced; the power is cut at random
 * moments under load. Lost 0, corrupt 0. Control: a desk that acknowledges before its syncs have ended loses some; and
 * where it waits for the journal's copy alone, none, because the copy brings them back.
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

interface Run extends Reckoning {
  readonly acknowledged: number
  /** Whether SQLite's own syncs, and Node's, went through the shim. */
  readonly seen: boolean
}

const folder = mkdtempSync(join(tmpdir(), 'medins-cashier-powercut-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const shim = buildShim(folder)
if ('why' in shim) skip('test:powercut', shim.why)

const product = await run('product', shim.file, cuts, [])
const copied = await run('copied', shim.file, Math.min(cuts, CONTROL_CUTS), [LOG])
const control = await run('control', shim.file, Math.min(cuts, CONTROL_CUTS), [LOG, COPY])
conclude('test:powercut', [
  { what: 'cuts', figure: cuts, holds: cuts > 0 },
  ...verdict('the product', product),
  ...verdict('acknowledged before the log is synced, after the journal copy', copied),
  {
    what: 'control (acknowledged before either is synced), lost',
    figure: `${control.lost} of ${control.acknowledged}`,
    holds: control.lost > 0,
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

/** @param hasty endings of files whose sync the desk does not wait for. */
async function run(name: string, shimFile: string, times: number, hasty: readonly string[]): Promise<Run> {
  const place = join(folder, name)
  const disk = new DurableDisk(place)
  const database = join(disk.dataDir, 'test', 'cashier.db')
  const settings = settingsSchema.parse({ environment: 'test', listener: { port: 0 } })
  const config = join(place, 'config.json')
  writeFileSync(config, JSON.stringify(settings))
  prepareOrders(database, PREPARED)
  disk.settle()
  const load = settlementLoad(settings)
  const nodeArgs = hasty.length === 0 ? [] : HASTY
  const env = { ...disk.env(shimFile), HASTY_FILES: hasty.join(':') }
  const start = () => startDeskProcess({ dataDir: disk.dataDir, config, nodeArgs, env })
  let seen = true
  for (let cut = 0; cut < times; cut += 1) {
    const desk = await start()
    load.begin(desk.ready.listener, CLIENTS)
    await pause(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least))
    await desk.kill()
    await load.end()
    seen &&= disk.has('-wal') && disk.has('.jsonl')
    // Half of the cuts lose all that was not synced; in the others some of it had reached the disk.
    disk.cut(cut % 2 === 0 ? 0 : Math.random())
  }
  await (await start()).stop()
  return { ...reckon(database, load.acknowledged), acknowledged: load.acknowledged.size, seen }
}
