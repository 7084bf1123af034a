/** What is wrong with the store, in words for hospital IT that say what to do. The file is left as it is. */
export interface StoreProblem {
  readonly reason: 'newerSchema' | 'corrupt' | 'notDurable' | 'locked' | 'full' | 'unwritable' | 'wrongKey' | 'inUse'
  readonly words: string
}

const SYNC_FAILED = 'STORE_SYNC_FAILED'

/** The disk did not keep what it was given: nothing that was not durable before may be acknowledged. */
export class SyncFailed extends Error {
  readonly code = SYNC_FAILED

  constructor(options?: ErrorOptions) {
    super('the disk did not keep what was written', options)
  }
}

/** Foreign errors are mapped here, once. `undefined` for what is no fault of the store but a bug of ours. */
export function describeSqliteError(error: unknown): StoreProblem | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return PROBLEMS.find(({ codes }) => codes.some((start) => code.startsWith(start)))?.problem
}

const PROBLEMS: readonly { readonly codes: readonly string[]; readonly problem: StoreProblem }[] = [
  {
    codes: ['SQLITE_NOTADB'],
    problem: {
      reason: 'wrongKey',
      words: '数据库文件打不开：文件已损坏，或密钥不是这台机器的。请勿删除，按运维手册恢复',
    },
  },
  {
    codes: ['SQLITE_CORRUPT'],
    problem: { reason: 'corrupt', words: '数据库文件已损坏。请勿删除，按运维手册从备份恢复' },
  },
  {
    codes: [SYNC_FAILED],
    problem: {
      reason: 'notDurable',
      words: '磁盘没有保存住写入的数据，可能是磁盘故障。已停止写入：请停止收费，检查磁盘，然后重新启动程序',
    },
  },
  {
    codes: ['SQLITE_BUSY', 'SQLITE_LOCKED'],
    problem: { reason: 'locked', words: '数据库正被另一个程序占用，请关闭那个程序（备份、杀毒或数据库工具）' },
  },
  {
    codes: ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'],
    problem: { reason: 'full', words: '磁盘已满，数据库写不进。请清理数据目录所在的磁盘' },
  },
  {
    codes: ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'],
    problem: { reason: 'unwritable', words: '数据库无法写入：数据目录只读，或没有写入权限。请检查目录的权限' },
  },
  {
    codes: ['SQLITE_IOERR', 'EIO', 'EBADF'],
    problem: { reason: 'unwritable', words: '数据库读写出错，可能是磁盘故障。请停止收费，检查磁盘' },
  },
]
