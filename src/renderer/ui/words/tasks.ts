import type { TaskKind } from '#shared/contract/tasks.ts'

/** What long work of the desk does: behind 正在 while it runs, and before what became of it where that is not a sentence. */
export const TASK_WORDS: Readonly<Record<TaskKind, string>> = {
  orderExport: '导出订单',
  retention: '清除过期的个人信息',
  archive: '整理旧订单',
  billImport: '读取并核对对账单',
  billCompare: '重新核对对账单',
  backup: '备份数据库',
}
