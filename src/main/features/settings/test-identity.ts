import type { Settings, SettingsTest } from '#shared/contract/settings.ts'

/**
 * appId and orgCodg as the document shows them: 32 upper-case letters and digits, and `H` with 10 or 11 digits. The
 * document states no rule, so another form is a warning: only the centre knows.
 */
export function testIdentity({ appId, orgCodg, orgName }: Settings['centre']): SettingsTest {
  const details = [
    { name: 'appId', value: appId === '' ? '没有填' : `${appId.length} 个字符` },
    { name: 'orgCodg', value: orgCodg === '' ? '没有填' : orgCodg },
    { name: '机构名称', value: orgName === '' ? '没有填' : orgName },
  ]
  const missing = Object.entries({ appId, orgCodg }).filter(([, value]) => value.trim() === '')
  if (missing.length > 0) {
    return { state: 'down', words: `没有填 ${missing.map(([name]) => name).join('、')}`, details }
  }
  const unusual = [
    ...(/^[0-9A-Z]{32}$/.test(appId) ? [] : ['appId 不是 32 位大写字母和数字']),
    ...(/^H\d{10,11}$/.test(orgCodg) ? [] : ['orgCodg 不是 H 加 10 或 11 位数字']),
  ]
  if (unusual.length > 0) return { state: 'warn', words: `${unusual.join('；')}，请与医保中心核对`, details }
  return { state: 'ok', words: 'appId 和机构代码的形式正确', details }
}
