import { z } from 'zod'
import { wireOptionalText, wireText } from './fields.ts'
import { readFields, type WireProblem, type WireRead } from './wire-read.ts'

/** Interface 1.2, open the cashier page. openId is not needed for the Alipay mini-program. */
export const cashierLinkSchema = z.object({
  appId: wireText,
  medOrgOrd: wireText,
  openId: wireOptionalText,
  returnUrl: wireOptionalText,
  notifyUrl: wireOptionalText,
})
export type CashierLink = z.output<typeof cashierLinkSchema>

/**
 * The page's URL. Every value is percent-encoded here and nowhere else: hand in returnUrl and notifyUrl as they are.
 * @param page base URL and path joined; it may carry a query of its own.
 */
export function writeCashierLink(page: string, link: CashierLink): string {
  const query = Object.entries(link)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return `${page}${page.includes('?') ? '&' : '?'}${query}`
}

/** Reads such a URL, decoding each value once. `+` is a plus sign: this is no HTML form. */
export function readCashierLink(url: string): WireRead<CashierLink> {
  const query = url.slice(url.indexOf('?') + 1).split('#', 1)[0] ?? ''
  const values: Record<string, string> = {}
  const problems: WireProblem[] = []
  for (const pair of url.includes('?') ? query.split('&').filter((part) => part !== '') : []) {
    const [name, value] = splitPair(pair).map(decodeOnce)
    if (name === undefined || value === undefined) problems.push({ path: '', expected: '网址参数的百分号编码不正确' })
    else if (Object.hasOwn(values, name) && values[name] !== value)
      problems.push({ path: name, expected: '只应出现一次' })
    else Object.defineProperty(values, name, { value, enumerable: true, configurable: true })
  }
  return problems.length > 0 ? { ok: false, problems } : readFields(cashierLinkSchema, values)
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A broken percent sequence is the caller's mistake and is answered in words.
    return undefined
  }
}
