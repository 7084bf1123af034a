import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { err, ok, type Result } from '#shared/domain/result.ts'

export interface HeadlessOptions {
  readonly dataDir: string
  /** Of the window's server; 0 picks a free one. */
  readonly port: number
  readonly configFile: string | undefined
  /** For people: words instead of the ready line, and a browser where there is a display. */
  readonly open: boolean
}

/** @returns every mistake of the command line, in words; an empty list is never an error. */
export function readOptions(args: readonly string[], byDefault: string): Result<HeadlessOptions, readonly string[]> {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true })
  const given = new Map<string, string>()
  const mistakes: string[] = []
  for (const token of tokens) {
    if (token.kind !== 'option') {
      if (token.kind === 'positional') mistakes.push(`多余的参数 ${token.value}`)
    } else if (!Object.hasOwn(OPTIONS, token.name)) {
      mistakes.push(`没有 ${token.rawName} 这个选项`)
    } else if (token.name !== 'open' && (token.value ?? '') === '') {
      mistakes.push(`${token.rawName} 后面缺少内容`)
    } else {
      given.set(token.name, token.value ?? 'true')
    }
  }
  const port = given.get('port') ?? '0'
  if (!isPort(port)) mistakes.push('--port 应为 0 到 65535 的整数')
  if (mistakes.length > 0) return err(mistakes)
  return ok({
    dataDir: given.get('data') ?? byDefault,
    port: Number(port),
    configFile: given.get('config'),
    open: given.has('open'),
  })
}

export const USAGE = '用法：npm run headless -- [--data 目录] [--port 端口] [--config 设置文件.json] [--open]'

const OPTIONS = {
  data: { type: 'string' },
  port: { type: 'string' },
  config: { type: 'string' },
  open: { type: 'boolean' },
} as const

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
}

/** Not the folder of the desktop app: that one's store is sealed with a key that only the desktop app can read. */
export function defaultDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home = homedir()): string {
  return join(applicationData(platform, env, home), 'medins-cashier', 'headless')
}

function applicationData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return env.XDG_DATA_HOME || join(home, '.local', 'share')
}
