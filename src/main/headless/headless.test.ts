import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfigFile } from '#main/features/settings/config-file.ts'
import { err, ok } from '#shared/domain/result.ts'
import { hostedApp } from '#test/support/hosted-app.ts'
import { nodeTooOld } from './node-version.ts'
import { browserCommand } from './open-browser.ts'
import { defaultDataDir, readOptions } from './options.ts'
import { runHeadless, type StartApp } from './run.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headless-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function configFile(text: string): string {
  const file = join(folder, 'settings.json')
  writeFileSync(file, text)
  return file
}

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readOptions([], '/data')).toEqual(ok({ dataDir: '/data', port: 0, configFile: undefined, open: false }))
  })

  it('takes both spellings of a value', () => {
    const expected = ok({ dataDir: '/d', port: 9300, configFile: 'c.json', open: true })
    expect(readOptions(['--data', '/d', '--port', '9300', '--config', 'c.json', '--open'], '/data')).toEqual(expected)
    expect(readOptions(['--data=/d', '--port=9300', '--config=c.json', '--open'], '/data')).toEqual(expected)
  })

  it('names every mistake at once', () => {
    const read = readOptions(['--dta', '/d', '--port', '65536', '--config', 'more'].concat('--data'), '/data')
    expect(read).toEqual(
      err(['没有 --dta 这个选项', '多余的参数 /d', '--data 后面缺少内容', '--port 应为 0 到 65535 的整数']),
    )
  })

  it.each(['-1', '80a', '1e3', '', '0x50', '65536'])('refuses the port %j', (port) => {
    expect(readOptions([`--port=${port}`], '/data')).toMatchObject({ ok: false })
  })
})

describe('the default data folder', () => {
  it.each([
    ['win32', { LOCALAPPDATA: join('C:', 'Local') }, join('C:', 'Local', 'medins-cashier', 'headless')],
    ['darwin', {}, join('/home/a', 'Library', 'Application Support', 'medins-cashier', 'headless')],
    ['linux', {}, join('/home/a', '.local', 'share', 'medins-cashier', 'headless')],
    ['linux', { XDG_DATA_HOME: '/xdg' }, join('/xdg', 'medins-cashier', 'headless')],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(defaultDataDir(platform, env, '/home/a')).toBe(expected)
  })
})

describe('the settings file', () => {
  it('fills in what is left out', () => {
    const read = readConfigFile(configFile('{"environment":"simulated","listener":{"port":0}}'))
    expect(read).toMatchObject({ ok: true, value: { listener: { port: 0, host: '127.0.0.1' } } })
  })

  it('may begin with the byte order mark of a Windows editor', () => {
    expect(readConfigFile(configFile('\uFEFF{"environment":"simulated"}'))).toMatchObject({ ok: true })
  })

  it('has every mistake named with its path and none of its values', () => {
    const text = JSON.stringify({
      environment: 'live',
      centre: { baseUrl: 'ftp://S3CRET', appid: 'x', queryTimeoutMs: '10000' },
      listener: { port: 70_000, allowedCallers: ['127.0.0.1', 'S3CRET'] },
      his: 'S3CRET',
    })
    const read = readConfigFile(configFile(text))
    expect(read.ok ? [] : read.error).toEqual([
      'environment：应为 production、test 或 simulated',
      'centre.baseUrl：应为 http 或 https 网址',
      'centre.queryTimeoutMs：应为 500 到 60000 的整数（毫秒）',
      'centre.appid：没有这一项，请检查拼写',
      'listener.port：应为 0 到 65535 的整数',
      'listener.allowedCallers[1]：应为 IP 地址或网段，如 10.0.0.1 或 10.0.0.0/8',
      'his：应为对象',
    ])
  })

  it.each([
    ['{"environment":', '不是 JSON'],
    ['', '不是 JSON'],
    ['[]', '（整个文件）：应为对象'],
    ['{}', 'environment：'],
  ])('with the text %j is refused', (text, words) => {
    const read = readConfigFile(configFile(text))
    expect(read.ok ? '' : read.error.join()).toContain(words)
  })

  it('that is not there is said in words', () => {
    expect(readConfigFile(join(folder, 'none.json'))).toEqual(err([`${join(folder, 'none.json')}：没有这个文件`]))
    expect(readConfigFile(folder)).toMatchObject({ ok: false })
  })
})

describe('starting', () => {
  function around(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const out: string[] = []
    const complaints: string[] = []
    const surroundings = {
      windowFolder: join(folder, 'window'),
      args: ['--data', folder, ...args],
      platform: 'linux' as const,
      env,
      out: (line: string) => out.push(line),
      complain: (line: string) => complaints.push(line),
    }
    return { surroundings, out, complaints }
  }

  it('says on one line of JSON where it is', async () => {
    const { surroundings, out, complaints } = around([])
    const app = hostedApp()
    const running = await runHeadless(async () => ok(app), surroundings)
    expect(running.ok).toBe(true)
    expect(complaints).toEqual([])
    expect(out).toHaveLength(1)
    const ready: unknown = JSON.parse(out[0] ?? '')
    expect(ready).toEqual({
      ready: true,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      listener: 'http://127.0.0.1:9200',
      environment: 'simulated',
    })
    if (running.ok) await running.value.close()
    expect(app.closed()).toBe(true)
  })

  it('hands the app the folder and the validated settings', async () => {
    const seen: unknown[] = []
    const startApp: StartApp = async (options) => {
      seen.push(options.dataDir, options.config?.environment, options.config?.listener.port)
      return err({ words: '到此为止' })
    }
    const { surroundings } = around(['--config', configFile('{"environment":"test","listener":{"port":0}}')])
    await runHeadless(startApp, surroundings)
    expect(seen).toEqual([folder, 'test', 0])
  })

  it('for a person says the address with its token in words', async () => {
    const { surroundings, out } = around(['--open'])
    const running = await runHeadless(async () => ok(hostedApp()), surroundings)
    expect(out.join('\n')).toMatch(/浏览器.*\nhttp:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n/)
    if (running.ok) await running.value.close()
  })

  it('with mistakes ends with 2 before anything is opened', async () => {
    let started = false
    const startApp: StartApp = async () => {
      started = true
      return err({ words: '' })
    }
    for (const args of [
      ['--prot', '1'],
      ['--config', configFile('{"environment":"live"}')],
    ]) {
      const { surroundings, complaints, out } = around(args)
      expect(await runHeadless(startApp, surroundings)).toEqual(err({ exitCode: 2 }))
      expect(complaints.length).toBeGreaterThan(1)
      expect(out).toEqual([])
    }
    expect(started).toBe(false)
  })

  it('when the app cannot start says why and ends with 1', async () => {
    const { surroundings, complaints } = around([])
    const answer = await runHeadless(async () => err({ words: '数据库来自更新的版本' }), surroundings)
    expect(answer).toEqual(err({ exitCode: 1 }))
    expect(complaints).toEqual(['数据库来自更新的版本'])
  })

  it('when the port is taken closes the app again', async () => {
    const first = around([])
    const running = await runHeadless(async () => ok(hostedApp()), first.surroundings)
    const { url } = JSON.parse(first.out[0] ?? '') as { url: string }
    const app = hostedApp()
    const second = around(['--port', new URL(url).port])
    expect(await runHeadless(async () => ok(app), second.surroundings)).toEqual(err({ exitCode: 1 }))
    expect(second.complaints.join()).toContain('已被别的程序占用')
    expect(app.closed()).toBe(true)
    if (running.ok) await running.value.close()
  })
})

describe('the browser', () => {
  const url = 'http://127.0.0.1:1/#token=x'
  it.each([
    ['win32', {}, 'rundll32.exe'],
    ['darwin', {}, 'open'],
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['linux', {}, undefined],
  ] as const)('on %s with %j is opened by %s', (platform, env, expected) => {
    expect(browserCommand(url, platform, env)?.file).toBe(expected)
  })
})

it.each([
  ['v20.20.2', true],
  ['v22.13.1', true],
  ['v22.14.0', false],
  ['v24.21.0', false],
])('on Node %s says that it is too old: %s', (version, tooOld) => {
  expect(nodeTooOld(version) !== undefined).toBe(tooOld)
})
