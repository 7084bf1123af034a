import { constants, copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BENCH_SETTINGS, startDeskProcess } from '../lib/desk-process.ts'
import type { Measurement } from '../lib/measurement.ts'
import { median } from '../lib/statistics.ts'

/** From the start of the process to the first answer that the counter needs, with the whole store and with none. */
export const start: Measurement = {
  name: 'start',
  what: 'from process start to the first list of charges; memory then',
  async run({ folder, storeOf, short }) {
    const full = join(folder, 'full')
    mkdirSync(join(full, 'simulated'), { recursive: true })
    copyFileSync(storeOf(), join(full, 'simulated', 'cashier.db'), constants.COPYFILE_FICLONE)
    // The first start may bring the schema up to date; it is not what every morning is like.
    await startOnce(full)
    const rounds = short ? 3 : 7
    const times: Record<'full' | 'empty', number[]> = { full: [], empty: [] }
    const memory: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const empty = join(folder, `empty-${round}`)
      mkdirSync(empty)
      times.empty.push((await startOnce(empty)).ms)
      const { ms, residentMb } = await startOnce(full)
      times.full.push(ms)
      if (residentMb !== undefined) memory.push(residentMb)
    }
    return [
      {
        what: 'process start to the first list of charges, with the whole store',
        measured: median(times.full),
        unit: 'ms',
        reference: { what: 'the same with an empty store', value: median(times.empty) },
        budget: { of: 'ratio', atMost: 1.5 },
      },
      ...(memory.length === 0
        ? []
        : [
            {
              what: 'memory of the main process after the start',
              measured: median(memory),
              unit: 'MB',
              budget: { of: 'value', atMost: 200 },
            } as const,
          ]),
    ]
  },
}

async function startOnce(dataDir: string): Promise<{ ms: number; residentMb: number | undefined }> {
  const startedAt = performance.now()
  await using desk = await startDeskProcess(dataDir, BENCH_SETTINGS)
  const answer = await desk.call('charges.search', {})
  if (!answer.ok) throw new Error(`charges.search failed: ${answer.error.code}`)
  const ms = performance.now() - startedAt
  return { ms, residentMb: residentMb(desk.child.process.pid) }
}

/** Of another process, where the system tells it (Linux). */
export function residentMb(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return match === null ? undefined : Number(match[1]) / 1024
}
