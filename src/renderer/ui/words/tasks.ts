import type { TaskKind } from '#shared/contract/tasks.ts'

/** Long work of the desk, in the frame. */
export const TASK_WORDS: Readonly<Record<TaskKind, string>> = {
  orderExport: '正在导出订单',
  retention: '正在清除过期的个人信息',
  archive: '正在整理旧订单',
  billImport: '正在读取并核对对账单',
  billCompare: '正在重新核对对账单',
  backup: '正在备份数据库',
}
