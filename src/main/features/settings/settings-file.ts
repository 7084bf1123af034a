import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Settings } from '#shared/contract/settings.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { readConfigFile } from './config-file.ts'

/**
 * The settings that were saved, every mistake named with its path in zh-CN; `undefined` when none were. A file with
 * mistakes is left as it is: a hand-written one must not be lost to a spelling error.
 */
export function readSettingsFile(path: string): Result<Settings | undefined, { readonly words: string }> {
  if (isMissing(path)) return ok(undefined)
  const read = readConfigFile(path)
  return read.ok ? read : err({ words: `设置文件 ${path} 有误：${read.error.join('；')}` })
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

/** Only a file that is not there; one that may not be looked at is a mistake to be told. */
function isMissing(path: string): boolean {
  try {
    statSync(path)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}
