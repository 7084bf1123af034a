import { readConfigFile } from '#main/features/settings/config-file.ts'
import type { Environment, Settings } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type HostedApp, type LoopbackHost, startLoopbackHost } from '../rpc/loopback-host.ts'
import { openBrowser } from './open-browser.ts'
import { defaultDataDir, type HeadlessOptions, readOptions, USAGE } from './options.ts'

/** What this host needs of the composition root. */
export interface HeadlessApp extends HostedApp {
  readonly info: () => { readonly environment: Environment; readonly listenerUrl: string | null }
  close(): Promise<void>
}

export type StartApp = (options: {
  readonly dataDir: string
  readonly config?: Settings
}) => Promise<Result<HeadlessApp, { readonly words: string }>>

/** The process as this host uses it. */
export interface Surroundings {
  /** Of the built window. */
  readonly windowFolder: string
  readonly args: readonly string[]
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly out: (line: string) => void
  readonly complain: (line: string) => void
}

export interface RunningHeadless {
  close(): Promise<void>
}

/** Exit codes: the command line or the settings are wrong; something else kept it from starting. */
const EXIT_WRONG_INPUT = 2
const EXIT_CANNOT_START = 1

/** Starts the app and the loopback host, and says on standard output that it is ready. @returns the exit code if not. */
export async function runHeadless(
  startApp: StartApp,
  around: Surroundings,
): Promise<Result<RunningHeadless, { exitCode: number }>> {
  const options = readOptions(around.args, defaultDataDir(around.platform, around.env))
  if (!options.ok) return refuse(around, EXIT_WRONG_INPUT, [...options.error, USAGE])
  const { configFile, dataDir, port } = options.value
  const config = configFile === undefined ? undefined : readConfigFile(configFile)
  if (config?.ok === false) return refuse(around, EXIT_WRONG_INPUT, [`设置文件 ${configFile} 有误：`, ...config.error])
  const app = await startApp({ dataDir, ...(config === undefined ? {} : { config: config.value }) })
  if (!app.ok) return refuse(around, EXIT_CANNOT_START, [app.error.words])
  const host = await startLoopbackHost(app.value, { port, windowFolder: around.windowFolder })
  if (!host.ok) {
    await app.value.close()
    return refuse(around, EXIT_CANNOT_START, [host.error.words])
  }
  announce(around, options.value, app.value, host.value)
  return ok({
    close: async () => {
      await host.value.close()
      await app.value.close()
    },
  })
}

function refuse(around: Surroundings, exitCode: number, lines: readonly string[]) {
  for (const line of lines) around.complain(line)
  return err({ exitCode })
}

function announce(around: Surroundings, options: HeadlessOptions, app: HeadlessApp, host: LoopbackHost): void {
  const { environment, listenerUrl } = app.info()
  if (!options.open) {
    around.out(JSON.stringify({ ready: true, url: host.url, token: host.token, listener: listenerUrl, environment }))
    return
  }
  const address = `${host.url}/#token=${host.token}`
  const opened = openBrowser(address, around.platform, around.env)
  around.out(opened ? '已在浏览器中打开（没有打开时请复制下面的网址）：' : '请在本机浏览器中打开：')
  around.out(address)
  around.out('按 Ctrl+C 结束。')
}
