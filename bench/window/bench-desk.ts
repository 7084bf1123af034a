import { constants, copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startDeskProcess } from '../lib/desk-process.ts'

/** The application with its built window, in a process of its own. */
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

export async function startBenchDesk({ folder, store, centreUrl = NOBODY }: BenchDeskOptions): Promise<BenchDesk> {
  const dataDir = join(folder, 'data')
  mkdirSync(join(dataDir, 'test'), { recursive: true })
  if (store !== undefined) copyFileSync(store, join(dataDir, 'test', 'cashier.db'), constants.COPYFILE_FICLONE)
  const desk = await startDeskProcess(dataDir, {
    environment: 'test',
    listener: { port: 0 },
    centre: { baseUrl: centreUrl },
    backup: { keepDays: 0 },
  })
  return {
    url: `${desk.ready.url}/#token=${desk.ready.token}`,
    listenerUrl: desk.ready.listener,
    close: async () => desk[Symbol.asyncDispose](),
  }
}
