import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { HisAnswer, HisResult } from './his-source.ts'
import { writeWhole } from './move-file.ts'

/** Writes one result as a file of its own, `<medOrgOrd>-<seq>.json`; a repeat of it writes the same file. */
export async function writeResultFile(folder: string, result: HisResult): Promise<HisAnswer<void>> {
  if (folder === '') return err(failure('HIS_UNREACHABLE', 'his.folder.outbox：没有设置，结果无处可写'))
  try {
    const name = await nameFor(folder, result)
    if (name !== undefined) await writeWhole(folder, name, result.body)
    return ok(undefined)
  } catch {
    // Missing folder, no permission, full disk, share away: it is tried again, and health says so.
    return err(failure('HIS_UNREACHABLE', 'his.folder.outbox：文件夹不存在或无法写入'))
  }
}

/**
 * @returns undefined when this very result is there already. Another's file is never overwritten: the end of the result's
 * number tells them apart, since its beginning is the time.
 */
async function nameFor(folder: string, { medOrgOrd, seq, resultId, body }: HisResult): Promise<string | undefined> {
  const plain = `${safeName(medOrgOrd)}-${seq}.json`
  const there = await textOf(join(folder, plain))
  if (there === undefined) return plain
  return there === body ? undefined : `${safeName(medOrgOrd)}-${seq}-${resultId.slice(-8)}.json`
}

/** Order numbers may hold characters that no file name may (`/`, `:`, `*`); those are written as %XX. */
function safeName(medOrgOrd: string): string {
  return medOrgOrd.replace(/[^A-Za-z0-9._-]|^\./g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
    return `%${code}`
  })
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
