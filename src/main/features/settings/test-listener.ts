import type { ListenerCounts, ListenerState } from '#main/callback-listener/callback-listener.ts'
import type { Transport, TransportResult } from '#main/http/transport.ts'
import { stringifyJson } from '#shared/centre/json.ts'
import { readCode, readObject } from '#shared/centre/wire-read.ts'
import type { Settings, SettingsTest } from '#shared/contract/settings.ts'
import { formatDateTime } from '#shared/domain/time.ts'

/** The running listener, or one that is open for this test only. */
export interface TestedListener {
  readonly status: ListenerState
  counts(): ListenerCounts
}

interface ListenerTestParts {
  readonly settings: Settings
  readonly withListener: (use: (listener: TestedListener) => Promise<SettingsTest>) => Promise<SettingsTest>
  readonly connect: (baseUrl: string) => Transport
}

/** No hospital numbers an order so. The question is a real 2.1, and its answer is that there is no such charge. */
const NO_ORDER = 'SELF-TEST-NO-SUCH-ORDER'
const DEADLINE_MS = 5_000

/**
 * Calls the listener as the centre would: a POST through the network stack to the address that is configured. What lies
 * between the centre and this machine (a firewall, a translation of addresses) cannot be seen from here.
 */
export async function testListener(parts: ListenerTestParts): Promise<SettingsTest> {
  return parts.withListener((listener) => tryListener(parts, listener))
}

async function tryListener(
  { settings, connect }: ListenerTestParts,
  { status, counts }: TestedListener,
): Promise<SettingsTest> {
  const details = [...addressDetails(settings), ...countDetails(counts())]
  if (status.state === 'failed') return { state: 'down', words: status.words, details }
  const transport = connect(callable(status.url))
  const result = await transport.send({
    path: settings.listener.paths.feeDetail,
    body: stringifyJson({ medOrgOrd: NO_ORDER, orgCodg: settings.centre.orgCodg }),
    deadlineMs: DEADLINE_MS,
  })
  transport.close()
  return { ...judge(result, settings), details: [{ name: '监听', value: status.url }, ...details] }
}

/** A wildcard address can be listened on, but not everywhere be called. */
function callable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

function judge(result: TransportResult, settings: Settings): Pick<SettingsTest, 'state' | 'words'> {
  if (result.kind === 'notSent') return { state: 'down', words: `从本机连不上监听地址：${result.words}` }
  if (result.kind === 'maybeSent') return { state: 'down', words: '已连上监听地址，但没有等到完整的应答' }
  if (result.status === 403) {
    return { state: 'warn', words: '端口已应答；本机不在允许名单，只测到这一步。请确认名单里有医保中心的地址' }
  }
  const body = readObject(result.bodyText ?? '')
  if (result.status !== 200 || !body.ok || readCode(body.value.code) !== '0') {
    return { state: 'down', words: `监听地址上应答的不是本程序（HTTP ${result.status}），请检查地址和端口` }
  }
  if (isLoopback(settings.listener.host) && settings.environment === 'production') {
    return { state: 'warn', words: '回调接口应答正常，但只监听本机（127.0.0.1），医保中心连不进来' }
  }
  return { state: 'ok', words: '回调接口应答正常' }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function addressDetails({ listener }: Settings) {
  return [
    { name: '允许的来源', value: listener.allowedCallers.join('、') || '没有（谁都不能调用）' },
    { name: '接口路径', value: Object.values(listener.paths).join(' ') },
  ]
}

/** As they were before this test called: the first question when callbacks stay away. */
function countDetails({ accepted, refusedCallers, lastAtMs }: ListenerCounts) {
  return [
    { name: '启动以来收到', value: `${accepted} 个请求` },
    { name: '启动以来拒绝的来源', value: `${refusedCallers} 次` },
    { name: '最近一次', value: lastAtMs === null ? '没有' : formatDateTime(lastAtMs) },
  ]
}
