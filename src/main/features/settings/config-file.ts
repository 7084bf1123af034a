import { readFileSync } from 'node:fs'
import { readInput } from '#shared/contract/problems.ts'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'

/** Reads a file of settings. @returns every mistake with its path, in words; never the value that was found. */
export function readConfigFile(file: string): Result<Settings, readonly string[]> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return err([`${file}：${readWords(error)}`])
  }
  const parsed = parse(text)
  if (parsed === undefined) return err([`${file}：不是 JSON，请检查逗号、引号和括号`])
  const read = readInput(settingsSchema, parsed.value)
  if (read.ok) return ok(read.value)
  return err(read.problems.map(({ path, expected }) => `${path === '' ? '（整个文件）' : path}：${expected}`))
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    // Windows editors begin a UTF-8 file with a byte order mark, which JSON.parse does not take.
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch {
    // Not JSON is an expected mistake of a hand-written file; the caller says so.
    return undefined
  }
}

function readWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT') return '没有这个文件'
  if (code === 'EACCES' || code === 'EPERM') return '没有权限读这个文件'
  return code === 'EISDIR' ? '这是一个目录，不是文件' : `读不了（${code}）`
}
