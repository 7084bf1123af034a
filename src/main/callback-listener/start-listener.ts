import type { AddressInfo } from 'node:net'
import { isIPv6 } from 'node:net'
import type { Settings } from '#shared/contract/settings.ts'
import { type BuiltListener, buildListener, type ListenerParts } from './build-listener.ts'
import type { CallbackListener, ListenerState } from './callback-listener.ts'

/** What a closing listener gives to messages that are being stored. */
const GRACE_MS = 500

const MEANWHILE = '；在此期间靠主动查询得知结果'

export type ListenerOptions = Omit<ListenerParts, 'paths' | 'allowedCallers'> & {
  readonly settings: Settings['listener']
}

/**
 * Starts the listener for 2.1–2.4 on its own host and port (0 picks a free one). A port that is taken or an address
 * that is not ours is an expected failure in words: the app goes on and asks the centre itself. Never rejects for it.
 */
export async function startListener(options: ListenerOptions): Promise<CallbackListener> {
  const { settings, ...parts } = options
  const wrong = wrongSettings(settings)
  if (wrong !== undefined) return failedListener(wrong)
  const built = buildListener({ ...parts, paths: settings.paths, allowedCallers: settings.allowedCallers })
  try {
    await built.app.listen({ host: settings.host, port: settings.port })
  } catch (error) {
    await built.app.close()
    return failedListener(listenErrorWords(error, settings))
  }
  return runningListener(built, settings.host)
}

function runningListener(built: BuiltListener, host: string): CallbackListener {
  const { port } = built.app.server.address() as AddressInfo
  const status: ListenerState = { state: 'listening', url: `http://${isIPv6(host) ? `[${host}]` : host}:${port}` }
  let closing: Promise<void> | undefined
  const close = async () => {
    built.app.server.close()
    await built.idle(GRACE_MS)
    await built.app.close()
  }
  return {
    status,
    counts: () => built.counts(),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function failedListener(words: string): CallbackListener {
  return {
    status: { state: 'failed', words: words + MEANWHILE },
    counts: () => ({ accepted: 0, refusedCallers: 0, lastAtMs: null }),
    close: async () => undefined,
  }
}

function wrongSettings(settings: Settings['listener']): string | undefined {
  // Without a host every interface of the machine would be open.
  if (settings.host.trim() === '') return '回调监听地址为空，请填写本机的一个地址'
  const paths = Object.values(settings.paths)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  return twice === undefined ? undefined : `两个回调接口用了同一个路径 ${twice}，请改正`
}

/** Maps the system's error once, here. */
function listenErrorWords(error: unknown, { host, port }: Settings['listener']): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'EADDRINUSE':
      return `回调端口 ${port} 已被占用，请关闭占用它的程序，或在设置中换一个端口`
    case 'EADDRNOTAVAIL':
      return `回调监听地址 ${host} 不是本机的地址，请在设置中改正`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `回调监听地址 ${host} 无法解析，请在设置中改正`
    case 'EACCES':
      return `没有权限使用回调端口 ${port}，请换一个 1024 以上的端口`
    default:
      return `回调监听无法启动${code === '' ? '' : `（${code}）`}`
  }
}
