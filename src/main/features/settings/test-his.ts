import type { HisAnswer } from '#main/his/his-source.ts'
import type { Settings, SettingsTest } from '#shared/contract/settings.ts'
import type { Clock } from '#shared/domain/time.ts'

interface HisTestParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly pendingCount: () => Promise<HisAnswer<number>>
  readonly listsAll: boolean
}

const SOURCE_WORDS: Readonly<Record<Settings['his']['source'], string>> = {
  simulator: 'simulator（虚构患者）',
  folder: 'folder（文件夹）',
  http: 'http（接口）',
}

/** Asks the hospital's system as a search does. Only how many there are is told, never whose. */
export async function testHis({ settings, clock, pendingCount, listsAll }: HisTestParts): Promise<SettingsTest> {
  const startedAtMs = clock.now()
  const answer = await pendingCount()
  const details = [
    { name: '来源', value: SOURCE_WORDS[settings.his.source] },
    { name: '用时', value: `${Math.max(0, clock.now() - startedAtMs)} 毫秒` },
  ]
  if (!answer.ok) return { state: 'down', words: answer.error.message, details }
  if (!listsAll) return { state: 'ok', words: '医院信息系统已应答；它只按证件号列出待缴费', details }
  const count = answer.value
  details.push({ name: '待缴费', value: `${count} 笔` })
  return { state: 'ok', words: `医院信息系统已应答，现有待缴费 ${count} 笔`, details }
}
