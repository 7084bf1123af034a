import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { type DeskProcess, startDeskProcess } from '../lib/desk-process.ts'
import { settlementLoad } from '../lib/settlement-load.ts'
import { prepareOrders, type Reckoning, reckon } from '../lib/stored-settlements.ts'
import { conclude } from '../lib/verdict.ts'
import { Uploads } from './uploads.ts'

/**
 * `npm run test:crash -- --acks 10000 --kills 30`: the real desk is killed at random moments while the centre sends
 * settlements and a cashier uploads. Whatever was answered with code 1 is there afterwards, once, with one effect; no
 * upload is sent twice. Control: a desk that answers before it stores loses some.
 */
const { values } = parseArgs({
  options: { acks: { type: 'string', default: '10000' }, kills: { type: 'string', default: '30' } },
})
const acks = Number(values.acks)
const kills = Number(values.kills)
/** The control needs no more lives than it takes to lose something. */
const CONTROL_KILLS = 12
const CLIENTS = 16
/** How long a life lasts after it is ready, in ms. */
const LIFE_MS = { least: 100, most: 1_500 }
const wireSchema = z.object({ entries: z.array(z.object({ interfaceId: z.string(), requestBody: z.string() })) })

interface Run extends Reckoning {
  readonly acknowledged: number
  readonly kills: number
  readonly uploads: number
  readonly uploadedTwice: number
}

const product = await run(undefined, (run) => run.acknowledged >= acks && run.kills >= kills)
const control = await run('test/proofs/crash/early-answer.ts', (run) => run.kills >= Math.min(kills, CONTROL_KILLS))
console.log(`  uploads ${product.uploads}, integrity ${product.integrity}`)
conclude('test:crash', [
  { what: 'acknowledged', figure: product.acknowledged, holds: product.acknowledged >= acks },
  { what: 'kills', figure: product.kills, holds: product.kills >= kills },
  { what: 'acknowledged and lost', figure: product.lost, holds: product.lost === 0 },
  { what: 'duplicates (rows and effects)', figure: product.duplicates, holds: product.duplicates === 0 },
  { what: 'acknowledged without effect', figure: product.withoutEffect, holds: product.withoutEffect === 0 },
  { what: 'uploads sent twice', figure: product.uploadedTwice, holds: product.uploadedTwice === 0 },
  { what: 'integrity', figure: product.integrity, holds: product.integrity === 'ok' },
  {
    what: 'control (answer before commit), lost',
    figure: `${control.lost} of ${control.acknowledged}`,
    holds: control.lost > 0,
  },
])

async function run(
  entry: string | undefined,
  isEnough: (run: { acknowledged: number; kills: number }) => boolean,
): Promise<Run> {
  const dataDir = mkdtempSync(join(tmpdir(), 'medins-cashier-crash-'))
  const database = join(dataDir, 'test', 'cashier.db')
  let desk: DeskProcess | undefined
  const { centre: centreSettings, listener } = settingsSchema.parse({ environment: 'test' })
  const centre = await startCentre({
    port: 0,
    ...centreSettings,
    callbackBase: () => desk?.ready.listener ?? '',
    callbackPaths: listener.paths,
    payAfterMs: 200,
    callbackPauseMs: 50,
  })
  const settings = settingsSchema.parse({
    environment: 'test',
    centre: { baseUrl: centre.baseUrl },
    listener: { port: 0 },
  })
  const config = join(dataDir, 'config.json')
  writeFileSync(config, JSON.stringify(settings))
  prepareOrders(database, acks)
  const load = settlementLoad(settings)
  const uploads = new Uploads()
  const start = () => startDeskProcess({ dataDir, config, ...(entry === undefined ? {} : { entry }) })
  let killed = 0
  while (!isEnough({ acknowledged: load.acknowledged.size, kills: killed })) {
    desk = await start()
    load.begin(desk.ready.listener, CLIENTS)
    uploads.begin(desk)
    await pause(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least))
    await desk.kill()
    killed += 1
    await Promise.all([load.end(), uploads.end()])
  }
  // The last life takes up what the killed ones left behind, and ends as it should.
  await (await start()).stop()
  const wire = wireSchema.parse(await (await fetch(`${centre.baseUrl}/sim/wire`)).json())
  await centre.close()
  const bodies = wire.entries.filter(({ interfaceId }) => interfaceId === '1.6').map(({ requestBody }) => requestBody)
  const numbers = bodies.map((body) => /"medOrgOrd":"([^"]+)"/.exec(body)?.[1])
  const reckoning = reckon(database, load.acknowledged)
  rmSync(dataDir, { recursive: true, force: true })
  return {
    ...reckoning,
    acknowledged: load.acknowledged.size,
    kills: killed,
    uploads: bodies.length,
    uploadedTwice: numbers.length - new Set(numbers).size,
  }
}
