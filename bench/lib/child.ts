import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DESK_FLAGS } from '#scripts/lib/desk-entry.ts'
import { spawnNode } from '#scripts/lib/project.ts'

/** A process of the bench's own that has said its first line. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  readonly firstLine: string
}

/** Starts a file of this repository as the desk is started, and waits for its first line. @throws when it ends before. */
export async function startChild(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child> {
  const child = spawnNode(file, args, {
    flags: DESK_FLAGS,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const firstLine = await lineOf(child)
  return {
    process: child,
    firstLine,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function lineOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the process has no output')
  for await (const line of createInterface({ input: stdout })) return line
  throw new Error('the process ended before it said anything')
}
