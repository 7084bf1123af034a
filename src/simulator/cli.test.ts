import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/support/eventually.ts'
import { readArguments } from './cli-arguments.ts'

vi.setConfig({ testTimeout: 30_000 })

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function run(...args: string[]): ChildProcess {
  const cli = new URL('./cli.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream === null) throw new Error('no stream')
  const [line] = await once(createInterface({ input: stream }), 'line')
  return String(line)
}

describe('the command line', () => {
  it('takes what is not given from the defaults of the settings', () => {
    const read = readArguments([])
    if (!read.ok) throw new Error(read.error)
    expect(read.value).toMatchObject({ port: 9100, payAfterMs: null, orgName: '模拟医院' })
    expect(read.value.callbackBase()).toBe('http://127.0.0.1:9200')
  })

  it('takes what is given', () => {
    const args = '--port 0 --pay-after 1500 --app-id A1 --org-codg H1 --callback-base http://127.0.0.1:7001/x'
    const read = readArguments(args.split(' '))
    if (!read.ok) throw new Error(read.error)
    expect(read.value).toMatchObject({ port: 0, payAfterMs: 1500, appId: 'A1', orgCodg: 'H1' })
    expect(read.value.callbackBase()).toBe('http://127.0.0.1:7001/x')
  })

  it.each([
    [['--port', '70000'], '--port'],
    [['--port', '9e3'], '--port'],
    [['--pay-after', 'soon'], '--pay-after'],
    [['--pay-after=-1'], '--pay-after'],
    [['--callback-base', 'ftp://x'], '--callback-base'],
    [['--callback-base', '127.0.0.1:9200'], '--callback-base'],
    [['--app-id', ' '], '--app-id'],
    [['--pay-later', '5'], '--pay-later'],
    [['stray'], 'stray'],
    [['--port'], '每个参数后应有一个值'],
  ])('refuses %o and names it', (args, words) => {
    const read = readArguments(args)
    expect(read.ok ? '' : read.error).toContain(words)
  })

  it('prints one JSON line when it is ready, serves, and closes cleanly on SIGTERM', async () => {
    const child = run('--port', '0')
    const ready = JSON.parse(await firstLine(child.stdout))
    expect(ready).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    expect((await fetch(`${ready.url}/sim/orders`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it.skipIf(process.platform === 'win32')('ends when the shell of npm dies without passing the signal on', async () => {
    const cli = new URL('./cli.ts', import.meta.url).pathname
    // `; true` keeps the shell in between, as npm's does.
    const shell = spawn('sh', ['-c', `'${process.execPath}' '${cli}' --port 0; true`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, npm_lifecycle_event: 'simulator' },
    })
    started.push(shell)
    const { url } = JSON.parse(await firstLine(shell.stdout))
    shell.kill('SIGTERM')
    await eventually(() => expect(fetch(`${url}/sim/orders`)).rejects.toThrow())
  })

  it('says in words that the port is taken, and ends with 1', async () => {
    const first = run('--port', '0')
    const { port } = new URL(JSON.parse(await firstLine(first.stdout)).url)
    const second = run('--port', port)
    const exited = once(second, 'exit')
    expect(await firstLine(second.stderr)).toContain(`端口 ${port} 已被占用`)
    expect(await exited).toEqual([1, null])
  })

  it('ends with 2 for a bad argument', async () => {
    const child = run('--port', 'x')
    const exited = once(child, 'exit')
    expect(await firstLine(child.stderr)).toContain('--port')
    expect(await exited).toEqual([2, null])
  })
})
