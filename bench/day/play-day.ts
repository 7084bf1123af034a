import { randomUUID } from 'node:crypto'
import { constants, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { dayOf } from '#shared/domain/time.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { type DeskProcess, startDeskProcess } from '../lib/desk-process.ts'
import { pendingOrders } from '../orders/pending.ts'

export interface DayPlan {
  readonly folder: string
  /** A generated store; it is copied. */
  readonly store: string
  readonly payments: number
}

export interface PlayedDay extends AsyncDisposable {
  readonly desk: DeskProcess
  /** @param rest is awaited after each tenth of the payments. */
  work(rest: () => Promise<void>): Promise<{ readonly settled: number; readonly seconds: number }>
}

const DEFAULTS = settingsSchema.parse({ environment: 'test' })
const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const TEXTS = ['王', '知行', 'zh', '0107', '123.45', 'wzh 0081', '2026'] as const
/** So many charges does the hospital's system hand over at a time. */
const BATCH = 25
const PATIENCE_MS = 60_000
const RESTS = 10

/** A desk with a whole store, a centre that pays by itself, and a hospital that hands over charges in files. */
export async function playDay({ folder, store, payments }: DayPlan): Promise<PlayedDay> {
  const [dataDir, inbox, outbox] = ['desk', 'inbox', 'outbox'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const made of [join(dataDir, 'test'), inbox, outbox]) mkdirSync(made, { recursive: true })
  copyFileSync(store, join(dataDir, 'test', 'cashier.db'), constants.COPYFILE_FICLONE)
  let listener = ''
  const centre = await startCentre({
    port: 0,
    ...DEFAULTS.centre,
    callbackBase: () => listener,
    callbackPaths: DEFAULTS.listener.paths,
    payAfterMs: 20,
  })
  const desk = await startDeskProcess(dataDir, {
    environment: 'test',
    listener: { port: 0 },
    centre: { baseUrl: centre.baseUrl },
    // The daily backup is made half a minute after the start.
    his: { source: 'folder', folder: { inbox, outbox } },
  })
  listener = desk.ready.listener
  return {
    desk,
    work: (rest) => work(desk, inbox, payments, rest),
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]()
      await centre.close()
    },
  }
}

/** In the first half also a bill and an export, so that what is left of them shows in the second. */
async function work(desk: DeskProcess, inbox: string, payments: number, rest: () => Promise<void>) {
  const startedAt = performance.now()
  const today = dayOf(Date.now())
  const orders = pendingOrders(800_001, payments, today, Date.now())
  let rests = 0
  for (let at = 0; at < payments; at += BATCH) {
    if (at >= payments / 4 && at < payments / 4 + BATCH) await officeWork(desk, today)
    if (at >= ((rests + 1) * payments) / RESTS) {
      rests += 1
      await rest()
    }
    const batch = orders.slice(at, at + BATCH).map(({ charge }) => charge)
    for (const { medOrgOrd, detailJson } of batch) handOver(inbox, medOrgOrd, detailJson)
    for (const { medOrgOrd } of batch) await payOne(desk, medOrgOrd, at)
  }
  const settled = await settledOf(
    desk,
    orders.map(({ charge }) => charge.medOrgOrd),
  )
  await rest()
  return { settled, seconds: Math.round((performance.now() - startedAt) / 1000) }
}

function handOver(inbox: string, medOrgOrd: string, detailJson: string): void {
  const path = join(inbox, `${medOrgOrd}.json`)
  writeFileSync(`${path}.tmp`, detailJson)
  renameSync(`${path}.tmp`, path)
}

async function payOne(desk: DeskProcess, medOrgOrd: string, at: number): Promise<void> {
  await until(`the charge ${medOrgOrd}`, async () => (await desk.call('charges.get', { medOrgOrd })).ok)
  await ask(desk, 'counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: TOKEN })
  await ask(desk, 'orders.search', { text: TEXTS[(at + medOrgOrd.charCodeAt(15)) % TEXTS.length], limit: 50 })
  await ask(desk, 'orders.get', { medOrgOrd })
}

async function officeWork(desk: DeskProcess, today: string): Promise<void> {
  await ask(desk, 'bills.download', { billDate: today })
  await ask(desk, 'orders.export', { requestId: randomUUID(), from: today, to: today })
  await until('the backup', async () => {
    const { tasks } = await ask(desk, 'tasks.list', {})
    return tasks.some(({ kind, state }) => kind === 'backup' && state === 'done')
  })
}

async function settledOf(desk: DeskProcess, numbers: readonly string[]): Promise<number> {
  let settled = 0
  for (const medOrgOrd of numbers) {
    await until(`the settlement of ${medOrgOrd}`, async () => {
      const { state } = await ask(desk, 'orders.get', { medOrgOrd })
      return state === 'settled'
    })
    settled += 1
  }
  return settled
}

async function ask<N extends ProcedureName>(desk: DeskProcess, name: N, input: Input<N>): Promise<OkValue<N>> {
  const answer = await desk.call(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`)
  return answer.value as OkValue<N>
}
type OkValue<N extends ProcedureName> = Extract<Answer<N>, { ok: true }>['value']

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const startedAt = performance.now()
  while (!(await holds())) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`waited in vain for ${what}`)
    await pause(50)
  }
}
