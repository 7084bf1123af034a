import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DESK_ENTRY } from '#scripts/lib/desk-entry.ts'
import type { SettingsInput } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { type Child, startChild } from './child.ts'

const readySchema = z.object({ ready: z.literal(true), url: z.string(), token: z.string(), listener: z.string() })

/** The application as `npm run headless` starts it, in a process of its own. */
export interface DeskProcess extends AsyncDisposable {
  readonly child: Child
  readonly ready: z.infer<typeof readySchema>
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>>
}

export async function startDeskProcess(dataDir: string, settings: SettingsInput): Promise<DeskProcess> {
  const config = join(dataDir, 'config.json')
  writeFileSync(config, JSON.stringify(settings))
  const child = await startChild(DESK_ENTRY, ['--data', dataDir, '--port', '0', '--config', config])
  const ready = readySchema.parse(JSON.parse(child.firstLine))
  return {
    child,
    ready,
    call: async (name, input) => {
      const response = await fetch(`${ready.url}/rpc`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      })
      return response.json() as Promise<Answer<typeof name>>
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

/** Settings of a desk that measures: nobody outside is asked for anything. */
export const BENCH_SETTINGS: SettingsInput = {
  environment: 'simulated',
  listener: { port: 0 },
  backup: { keepDays: 0 },
}
