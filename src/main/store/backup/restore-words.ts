import type { Restored } from './restore-backup.ts'

/** What a restore, or a look at a backup, says to hospital IT. */
export function restoredWords(backup: string, { facts, replaced }: Restored, dryRun: boolean): readonly string[] {
  const inside = `备份完好：订单 ${facts.orders}，操作 ${facts.operations}，通知 ${facts.callbacks}，版本 ${facts.schemaVersion}（${backup}）`
  if (dryRun) return [inside, '只做了核对，没有改动任何文件。']
  return [
    inside,
    ...(replaced === null ? [] : [`原来的数据库留在 ${replaced}`]),
    '已恢复。下次启动会从日志副本补回备份之后的操作和通知；没有结束的操作都先向中心查询，不会重发。',
  ]
}
