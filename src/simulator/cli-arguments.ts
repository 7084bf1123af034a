import { parseArgs } from 'node:util'
import { settingsSchema } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { CentreOptions } from './centre-options.ts'

const OPTIONS = {
  port: { type: 'string' },
  'callback-base': { type: 'string' },
  'pay-after': { type: 'string' },
  'app-id': { type: 'string' },
  'org-codg': { type: 'string' },
  'org-name': { type: 'string' },
} as const

type Values = { readonly [name in keyof typeof OPTIONS]?: string | undefined }

/**
 * The command line of `npm run simulator`. Whatever is not given comes from the defaults of the settings, so that the
 * desk and the centre fit together without any argument. The error is in words and names the argument.
 */
export function readArguments(args: readonly string[]): Result<CentreOptions, string> {
  const values = parse(args)
  if (!values.ok) return values
  const { centre, listener } = settingsSchema.parse({ environment: 'simulated' })
  const given = values.value
  const port = wholeNumber('--port', given.port ?? new URL(centre.baseUrl).port, 65_535)
  if (!port.ok) return port
  const payAfter =
    given['pay-after'] === undefined ? ok(null) : wholeNumber('--pay-after', given['pay-after'], 3_600_000)
  if (!payAfter.ok) return payAfter
  const base = callbackBase(given['callback-base'] ?? `http://${listener.host}:${listener.port}`)
  if (!base.ok) return base
  const empty = (['app-id', 'org-codg', 'org-name'] as const).find((name) => given[name]?.trim() === '')
  if (empty !== undefined) return err(`--${empty}：不能为空`)
  return ok({
    port: port.value,
    appId: given['app-id'] ?? centre.appId,
    orgCodg: given['org-codg'] ?? centre.orgCodg,
    orgName: given['org-name'] ?? centre.orgName,
    paths: centre.paths,
    callbackBase: () => base.value,
    callbackPaths: listener.paths,
    payAfterMs: payAfter.value,
  })
}

function parse(args: readonly string[]): Result<Values, string> {
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true })
    const [stray] = parsed.positionals
    return stray === undefined ? ok(parsed.values) : err(argumentProblem(`不认识 ${stray}`))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return err(argumentProblem(unknownArgument(args) ?? '每个参数后应有一个值'))
  }
}

function argumentProblem(words: string): string {
  const known = Object.keys(OPTIONS).map((name) => `--${name}`)
  return `参数不正确：${words}。可用参数：${known.join('、')}`
}

function unknownArgument(args: readonly string[]): string | undefined {
  const unknown = args.find((arg) => arg.startsWith('-') && !Object.hasOwn(OPTIONS, arg.replace(/^--|=.*$/g, '')))
  return unknown === undefined ? undefined : `不认识 ${unknown.split('=')[0]}`
}

function wholeNumber(name: string, text: string, most: number): Result<number, string> {
  const value = Number(text)
  return /^\d{1,7}$/.test(text) && value <= most ? ok(value) : err(`${name}：应为 0 到 ${most} 的整数`)
}

function callbackBase(text: string): Result<string, string> {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    return err('--callback-base：应为 http 或 https 网址，如 http://127.0.0.1:9200')
  }
  return ok(text)
}
