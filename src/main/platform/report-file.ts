import { appendFileSync, renameSync, statSync } from 'node:fs'

const LARGEST_BYTES = 1024 * 1024

/**
 * Keeps the bugs that the window shows a report number of. A desktop app has no console that anybody reads. Files and
 * lines only: the words of a foreign error could hold a name or a token.
 */
export function reportFile(file: string): (reportId: string, error: unknown) => void {
  return (reportId, error) => {
    const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
    const name = error instanceof Error ? error.name : typeof error
    const lines = [`${new Date().toISOString()} ${reportId} ${name}`, ...frames.slice(0, 12)]
    try {
      makeRoom(file)
      appendFileSync(file, `${lines.join('\n')}\n`)
    } catch {
      // Nowhere left to write: standard error is the last place that anybody could look.
      process.stderr.write(`${lines.join('\n')}\n`)
    }
  }
}

/** Two files of at most 1 MB, so that a bug that repeats does not fill the disk. */
function makeRoom(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_BYTES) renameSync(file, `${file}.old`)
}
