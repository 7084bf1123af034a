import { z } from 'zod'
import { hostName, httpUrl, milliseconds, path, text } from './setting-kinds.ts'

const whole = (least: number, most: number, unit: string) => {
  const error = `应为 ${least} 到 ${most} 的整数${unit}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}
const fieldPath = (byDefault: string) =>
  text(128)
    .regex(/^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$/, { error: '应为字段名，层次之间用点，如 data.ecToken' })
    .default(byDefault)

/** What the local decoding service is sent: JSON whose texts may hold `{code}` and the other names below. */
const REQUEST_TEMPLATE = JSON.stringify({
  code: '{code}',
  businessType: '{businessType}',
  orgCodg: '{orgCodg}',
  operatorId: '{operatorId}',
  operatorName: '{operatorName}',
  officeId: '{officeId}',
  officeName: '{officeName}',
})

/** A service of this site that turns the raw code of an e-voucher into its token. */
const decodingServiceSchema = z.strictObject({
  baseUrl: z.union([z.literal(''), httpUrl], { error: '应为 http 或 https 网址' }).default(''),
  path: path('/decode'),
  /** Hosts other than this machine that may be asked. */
  allowedHosts: z.array(hostName).max(16, { error: '最多 16 个' }).default([]),
  /** Total deadline of the one try. */
  timeoutMs: milliseconds(500, 30_000).default(5_000),
  /** 01301: settlement at the window. */
  businessType: text(16).default('01301'),
  operatorId: text(32).default(''),
  officeId: text(32).default(''),
  officeName: text(64).default(''),
  request: text(4096).refine(isTemplate, { error: '应为 JSON 对象，其中一处文本是 {code}' }).default(REQUEST_TEMPLATE),
  /** Where the answer tells what. An empty one is not read. */
  reply: z
    .strictObject({
      ecToken: fieldPath('data.ecToken').refine((at) => at !== '', { error: '不能为空' }),
      userName: fieldPath('data.userName'),
      idNo: fieldPath('data.idNo'),
      insuOrg: fieldPath('data.insuOrg'),
      message: fieldPath('message'),
    })
    .prefault({}),
})

export const scannerSchema = z.strictObject({
  /** What turns a scan into an e-voucher token: nothing, a service of this site, or the embedded simulation. */
  decoder: z
    .enum(['passthrough', 'http', 'simulator'], { error: '应为 passthrough、http 或 simulator' })
    .default('passthrough'),
  prefix: text(16).default(''),
  suffix: z.enum(['Enter', 'Tab', ''], { error: '应为 Enter、Tab 或空' }).default('Enter'),
  /** Median gap between two keys, in ms, up to which keys are a scanner's and not a person's. */
  fastGapMs: whole(20, 100, '（毫秒）').default(50),
  letterCase: z.enum(['asSent', 'swapped'], { error: '应为 asSent 或 swapped' }).default('asSent'),
  /** How long a scanned code is kept at most. */
  tokenLifeSeconds: whole(30, 1800, '（秒）').default(300),
  /** HID-POS and serial scanners that the desktop app may open: vendor and product in hexadecimal, `0c2e:0b61`. */
  usbDevices: z
    .array(
      z
        .string({ error: '应为文本' })
        .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/i, { error: '应为 VID:PID，各 4 位十六进制，如 0c2e:0b61' }),
    )
    .max(16, { error: '最多 16 个' })
    .default([]),
  baudRate: whole(300, 921_600, '').default(9600),
  http: decodingServiceSchema.prefault({}),
})
export type ScannerSettings = z.infer<typeof scannerSchema>

/** What no single field can tell. */
export function scannerProblems(
  { decoder, http }: ScannerSettings,
  environment: string,
): readonly { readonly path: string[]; readonly message: string }[] {
  if (decoder === 'simulator' && environment === 'production') {
    return [
      { path: ['scanner', 'decoder'], message: '生产环境不能使用 simulator（虚构的凭证），请改为 passthrough 或 http' },
    ]
  }
  if (decoder !== 'http') return []
  const at = ['scanner', 'http', 'baseUrl']
  if (http.baseUrl === '') return [{ path: at, message: 'scanner.decoder 为 http 时必填' }]
  if (isAllowedHost(http.baseUrl, http.allowedHosts)) return []
  return [{ path: at, message: '应为本机（127.0.0.1），其他主机要先登记在 scanner.http.allowedHosts' }]
}

function isAllowedHost(baseUrl: string, allowedHosts: readonly string[]): boolean {
  // Anchored at both ends: `http://127.0.0.1@elsewhere` and `http://127.0.0.1.elsewhere` are elsewhere.
  const [, hostname = '', port = ''] = /^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d+)?(?:\/|$)/i.exec(baseUrl) ?? []
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)) return true
  const names = [hostname.toLowerCase(), `${hostname}${port}`.toLowerCase()]
  return hostname !== '' && allowedHosts.some((allowed) => names.includes(allowed.toLowerCase()))
}

function isTemplate(text: string): boolean {
  try {
    const template: unknown = JSON.parse(text)
    return typeof template === 'object' && template !== null && /"[^"]*\{code\}[^"]*"/.test(text)
  } catch {
    // Not JSON: the refinement's words say what belongs there.
    return false
  }
}
