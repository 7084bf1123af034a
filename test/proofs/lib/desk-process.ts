import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const readySchema = z.object({ url: z.string(), token: z.string(), listener: z.string() })

/** A desk without a window in a process of its own, as `npm run headless` starts it. */
export interface DeskProcess {
  readonly ready: z.infer<typeof readySchema>
  /** Its answer's envelope. Rejects when the process dies meanwhile. */
  call(name: string, input: object): Promise<Envelope>
  /** SIGKILL: between one instruction and the next. @returns when it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** No desk outlives the proof. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

const envelopeSchema = z.object({ ok: z.boolean(), value: z.unknown().optional(), error: z.unknown().optional() })
export type Envelope = z.infer<typeof envelopeSchema>

export interface DeskStart {
  readonly dataDir: string
  readonly config: string
  /** What is run in place of the product's own entry: a control. */
  readonly entry?: string
  readonly nodeArgs?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** @throws with the process's own words when it ends before it is ready. */
export async function startDeskProcess(start: DeskStart): Promise<DeskProcess> {
  const { dataDir, config, entry = 'src/main/headless.ts', nodeArgs = [], env = {} } = start
  const args = [...nodeArgs, entry, '--data', dataDir, '--config', config]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  living.add(child)
  child.once('close', () => living.delete(child))
  const ready = readySchema.parse(JSON.parse(await firstLine(child)))
  return {
    ready,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async call(name, input) {
      const response = await fetch(`${ready.url}/rpc`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      })
      return envelopeSchema.parse(await response.json())
    },
  }
}

async function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  const complaints: Buffer[] = []
  stderr?.on('data', (chunk: Buffer) => complaints.push(chunk))
  if (stdout !== null) for await (const line of createInterface({ input: stdout })) return line
  throw new Error(`the desk ended before it was ready: ${Buffer.concat(complaints).toString('utf8')}`)
}
