import type { CentreProbe } from '#main/centre-client/centre-client.ts'
import type { Settings, SettingsTest } from '#shared/contract/settings.ts'
import type { Clock } from '#shared/domain/time.ts'

interface CentreTestParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly centreUrl: string
  readonly probeCentre: () => Promise<CentreProbe>
}

/** More than this, and the two sides' times tell different stories. */
const TOLERATED_SKEW_MS = 60_000

/** Whether the centre can be reached, over TLS or not, and how far its clock is from ours. */
export async function testCentre({ settings, clock, centreUrl, probeCentre }: CentreTestParts): Promise<SettingsTest> {
  const startedAtMs = clock.now()
  const probe = await probeCentre()
  const elapsed = { name: '用时', value: `${Math.max(0, clock.now() - startedAtMs)} 毫秒` }
  const secure = centreUrl.startsWith('https:')
  const details = [{ name: '地址', value: new URL(centreUrl).origin }, elapsed]
  if (!probe.reachable) {
    return { state: 'down', words: `连不上医保中心：${probe.words}`, details: [...details, tls(secure, '未验证')] }
  }
  details.push(tls(secure, '证书有效'), { name: '时钟', value: skewWords(probe.skewMs) })
  if (!probe.answered) return { state: 'warn', words: '已连通，但对方没有应答 HTTP', details }
  if (Math.abs(probe.skewMs ?? 0) > TOLERATED_SKEW_MS) {
    return { state: 'warn', words: `已连通，但${skewWords(probe.skewMs)}，请校准本机时间`, details }
  }
  if (!secure && settings.environment === 'production') {
    return { state: 'warn', words: '已连通，但没有加密（http），生产环境请用 https', details }
  }
  return { state: 'ok', words: '医保中心已连通', details }
}

function tls(secure: boolean, whenSecure: string) {
  return { name: 'TLS', value: secure ? whenSecure : '没有加密（http）' }
}

function skewWords(skewMs: number | null): string {
  if (skewMs === null) return '对方没有报时'
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  return seconds < 2 ? '与医保中心一致' : `本机时钟比医保中心${skewMs > 0 ? '慢' : '快'} ${seconds} 秒`
}
