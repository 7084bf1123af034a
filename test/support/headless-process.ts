import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { DESK_ENTRY } from '#scripts/lib/desk-entry.ts'
import type { SettingsInput } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'

const readySchema = z.object({
  ready: z.literal(true),
  url: z.string(),
  token: z.string(),
  listener: z.string().nullable(),
  environment: z.string(),
})

export interface HeadlessProcess {
  readonly pid: number
  readonly ready: z.infer<typeof readySchema>
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>>
  /** Ends it with a signal and waits until it is gone. @returns exit code, null after a signal. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

export const SOURCES = 'src/main/headless.ts'
/** There only where the test, or the set-up of its project, has built it. */
export const BUILT = DESK_ENTRY

export interface HeadlessStart {
  readonly entry?: string
  /** Of the window's server; 0 picks a free one. */
  readonly port?: number
}

/** Starts the app without a window in a process of its own, and waits for its ready line. */
export async function startHeadless(
  dataDir: string,
  settings: SettingsInput | undefined,
  { entry = SOURCES, port = 0 }: HeadlessStart = {},
): Promise<HeadlessProcess> {
  const args = [entry, '--data', dataDir, '--port', String(port), ...configArgs(dataDir, settings)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ready = readySchema.parse(JSON.parse(await firstLine(child)))
  if (child.pid === undefined) throw new Error('the process has no number')
  return {
    pid: child.pid,
    ready,
    stop: (signal) => ended(child, signal),
    call: async (name, input) => {
      const response = await fetch(`${ready.url}/rpc`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      })
      return response.json() as Promise<Answer<typeof name>>
    },
  }
}

/** Without settings it starts as it does for somebody who has configured nothing. */
function configArgs(dataDir: string, settings: SettingsInput | undefined): readonly string[] {
  if (settings === undefined) return []
  const config = join(dataDir, 'config.json')
  writeFileSync(config, JSON.stringify(settings))
  return ['--config', config]
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the process has no output')
  const complaints: Buffer[] = []
  stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  for await (const line of createInterface({ input: stdout })) return line
  throw new Error(`ended before it was ready: ${Buffer.concat(complaints).toString('utf8')}`)
}

function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}
