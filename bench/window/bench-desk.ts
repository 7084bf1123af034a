import type { ChildProcess } from 'node:child_process'
import { constants, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { buildIfStale } from '#scripts/lib/build.ts'
import { ended, spawnNode } from '#scripts/lib/project.ts'
import type { SettingsInput } from '#shared/contract/settings.ts'

/** The application as `npm run headless` starts it, in a process of its own. */
export interface BenchDesk {
  /** Of the window, with its token. */
  readonly url: string
  readonly listenerUrl: string
  close(): Promise<void>
}

interface BenchDeskOptions {
  readonly folder: string
  /** A generated store, which is copied. Absent: a new one. */
  readonly store?: string
  readonly centreUrl?: string
}

/** Nobody listens there: what is measured of the list needs no centre. */
const NOBODY = 'http://127.0.0.1:9'

const readySchema = z.object({ url: z.string(), token: z.string(), listener: z.string() })

export async function startBenchDesk({ folder, store, centreUrl = NOBODY }: BenchDeskOptions): Promise<BenchDesk> {
  if (!(await buildIfStale())) throw new Error('the window could not be built')
  const dataDir = join(folder, 'data')
  mkdirSync(join(dataDir, 'test'), { recursive: true })
  if (store !== undefined) copyFileSync(store, join(dataDir, 'test', 'cashier.db'), constants.COPYFILE_FICLONE)
  const config = join(folder, 'config.json')
  const settings: SettingsInput = { environment: 'test', listener: { port: 0 }, centre: { baseUrl: centreUrl } }
  writeFileSync(config, JSON.stringify(settings))
  const child = spawnNode('src/main/headless.ts', ['--data', dataDir, '--port', '0', '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, token, listener } = readySchema.parse(JSON.parse(await firstLine(child)))
  return {
    url: `${url}/#token=${token}`,
    listenerUrl: listener,
    async close() {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the process has no output')
  for await (const line of createInterface({ input: stdout })) return line
  throw new Error('the application ended before it was ready')
}
