import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { describeProblems, readInput } from '#shared/contract/problems.ts'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'

/**
 * Settings from a JSON file, every mistake named with its path in zh-CN. `undefined` when there is no such file.
 * A file with mistakes is left as it is: a hand-written one must not be lost to a spelling error.
 */
export function readSettingsFile(path: string): Result<Settings | undefined, { readonly words: string }> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ok(undefined)
    return err({ words: `设置文件 ${path} 无法读取` })
  }
  const parsed = parse(text)
  if (parsed === undefined) return err({ words: `设置文件 ${path} 不是 JSON` })
  const read = readInput(settingsSchema, parsed.value)
  return read.ok ? ok(read.value) : err({ words: `设置文件 ${path}：${describeProblems(read.problems)}` })
}

/** Replaces the file in one step: after a power cut it is the old one or the new one, never half of either. */
export function writeSettingsFile(path: string, settings: Settings): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.tmp`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, `${JSON.stringify(settings, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch {
    // Said in words by the caller, who knows the file's name.
    return undefined
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
