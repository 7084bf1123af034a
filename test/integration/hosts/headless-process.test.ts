import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startHeadless } from '#test/support/headless-process.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'

const HEADLESS = 'src/main/headless.ts'
const SETTINGS = { environment: 'simulated', listener: { port: 0 } } as const

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return { child, out: textOf(child.stdout), err: textOf(child.stderr), code: exitCode(child) }
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return () => text
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code))
  })
}

async function isServed(url: string): Promise<boolean> {
  try {
    await fetch(url)
    return true
  } catch {
    // Nobody listens any more.
    return false
  }
}

it.skipIf(process.platform === 'win32')('SIGTERM closes it with 0, and the port is free', async () => {
  const headless = await startHeadless(tempDir(), SETTINGS)
  expect(await isServed(headless.ready.url)).toBe(true)
  expect(await headless.stop('SIGTERM')).toBe(0)
  expect(await isServed(headless.ready.url)).toBe(false)
})

it.skipIf(process.platform === 'win32')('SIGTERM closes it also while a window listens to events', async () => {
  const { ready, stop } = await startHeadless(tempDir(), SETTINGS)
  const events = await fetch(`${ready.url}/events`, { headers: { authorization: `Bearer ${ready.token}` } })
  expect(events.status).toBe(200)
  expect(await stop('SIGTERM')).toBe(0)
})

it('the ready line is the only line on standard output and says where everything is', async () => {
  const dir = tempDir()
  const { child, out, err, code } = run(process.execPath, [HEADLESS, '--data', dir])
  await waitFor('the ready line', () => (out().endsWith('\n') ? true : undefined))
  const ready: unknown = JSON.parse(out())
  expect(ready).toEqual({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    token: expect.stringMatching(/^[\w-]{43}$/),
    listener: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    environment: 'simulated',
  })
  expect(err()).toBe('')
  child.kill('SIGTERM')
  await code
})

it('a wrong settings file ends it with 2 and every mistake on standard error', async () => {
  const file = join(tempDir(), 'settings.json')
  writeFileSync(file, '{"environment":"live","centre":{"baseUrl":"x"},"listner":{}}')
  const { out, err, code } = run(process.execPath, [HEADLESS, '--data', tempDir(), '--config', file])
  expect(await code).toBe(2)
  expect(out()).toBe('')
  expect(err()).toMatch(/environment：/)
  expect(err()).toMatch(/centre\.baseUrl：应为 http 或 https 网址/)
  expect(err()).toMatch(/listner：没有这一项/)
})

it('a wrong command line ends it with 2 and how to use it', async () => {
  const { err, code } = run(process.execPath, [HEADLESS, '--prot', '1'])
  expect(await code).toBe(2)
  expect(err()).toContain('没有 --prot 这个选项')
  expect(err()).toContain('用法：')
})

it.skipIf(process.platform === 'win32')('does not outlive the npm that started it', async () => {
  // The shell stands for npm's: it is ended by a signal that it does not hand on.
  const script = `"${process.execPath}" ${HEADLESS} --data "${tempDir()}"; true`
  const { child, out } = run('sh', ['-c', script], { ...process.env, npm_lifecycle_event: 'headless' })
  await waitFor('the ready line', () => (out().endsWith('\n') ? true : undefined))
  const { url } = JSON.parse(out()) as { url: string }
  child.kill('SIGKILL')
  await waitFor('the port to be free', async () => ((await isServed(url)) ? undefined : true))
})
