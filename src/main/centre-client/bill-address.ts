import type { Settings } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'

/** From where a bill may be fetched. */
export interface BillAddressRules {
  readonly allowHttp: boolean
  /** Host names or addresses, each with a port or without. */
  readonly allowedHosts: readonly string[]
}

/**
 * The rules of this site: where the settings are silent, the centre's own host, and http only where the centre itself
 * is reached by http.
 */
export function billAddressRules(bills: Settings['bills'], centreUrl: string): BillAddressRules {
  const centre = new URL(centreUrl)
  return {
    allowHttp: bills.allowHttp ?? centre.protocol === 'http:',
    allowedHosts: bills.allowedHosts.length > 0 ? bills.allowedHosts : [centre.hostname],
  }
}

const LONGEST_URL = 2048
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' }

/**
 * Whether a `downloadUrl` may be fetched: the centre's word alone must not make this machine ask any address of the
 * hospital's network. Hosts are compared exactly, never by ending. An entry without a port allows every port of that
 * host, because bills are often served beside the interfaces; one with a port allows that port.
 * The error is zh-CN and names nothing of the URL but its scheme and host.
 */
export function checkBillUrl(text: string, rules: BillAddressRules): Result<URL, string> {
  const url = text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return err('下载地址不是网址')
  if (url.username !== '' || url.password !== '') return err('下载地址里带有用户名或密码，不予访问')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('下载地址应为 https')
  if (url.protocol === 'http:' && !rules.allowHttp) return err('下载地址是 http，没有加密；设置 bills.allowHttp 不允许')
  if (!rules.allowedHosts.some((entry) => allows(entry, url))) {
    return err(`下载地址的主机 ${url.host} 不在允许之列，可在设置 bills.allowedHosts 中登记`)
  }
  return ok(url)
}

function allows(entry: string, url: URL): boolean {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.startsWith('[') ? entry : entry.toLowerCase()) ?? []
  // Through the same reading as the address itself, so that upper case and short forms of an address are one host.
  const wanted = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host
  if (wanted !== url.hostname) return false
  return port === undefined || port === (url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port)
}
