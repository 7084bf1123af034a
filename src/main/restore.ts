import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { environmentSchema } from '#shared/contract/settings.ts'
import { restoreBackup } from './store/backup/restore-backup.ts'
import { restoredWords } from './store/backup/restore-words.ts'

/**
 * `npm run restore -- --data DIR --environment ENV --from FILE [--dry-run]`: for a desk without a window, whose database
 * has no key. The desktop app restores by itself: `--restore=FILE --environment=ENV` (index.ts), because only it can
 * open its key.
 */
const USAGE =
  '用法：npm run restore -- --data 数据目录 --environment production|test|simulated --from 备份文件 [--dry-run]'
const EXIT_WRONG_INPUT = 2

process.exit(main(process.argv.slice(2)))

function main(args: string[]): number {
  const options = readOptions(args)
  if (options === undefined) return complain(EXIT_WRONG_INPUT, USAGE)
  const { data, environment, from, dryRun } = options
  const database = { path: join(resolve(data), environment, 'cashier.db') }
  const restored = restoreBackup({ backup: resolve(from), database, nowMs: Date.now(), dryRun, onChecked: tellChecked })
  if (!restored.ok) return complain(1, `没有恢复：${restored.error.words}`)
  for (const line of restoredWords(from, restored.value, dryRun)) process.stdout.write(`${line}\n`)
  return 0
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        environment: { type: 'string' },
        from: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const environment = environmentSchema.safeParse(values.environment)
    if (values.data === undefined || values.from === undefined || !environment.success) return undefined
    return { data: values.data, environment: environment.data, from: values.from, dryRun: values['dry-run'] }
  } catch {
    // An option that there is not; the usage names those that there are.
    return undefined
  }
}

/** On a terminal alone, in one line; what is piped elsewhere holds results only. */
function tellChecked(part: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r正在核对备份 ${Math.floor(part * 100)}%${part === 1 ? '\n' : ''}`)
}

function complain(exitCode: number, words: string): number {
  process.stderr.write(`${words}\n`)
  return exitCode
}
