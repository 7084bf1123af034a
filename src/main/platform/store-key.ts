import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/domain/result.ts'

export type Sealer = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

const KEY_BYTES = 32
const keyFileSchema = z.object({ sealed: z.base64().nullable() })

/**
 * The key of the database, sealed by the keychain of whoever is logged in. The first start decides, and the file
 * remembers it: without a keychain the store stays open for good, because a key that came later would fit no store.
 * A key that cannot be opened is never replaced: it is the only way to the orders. @returns words when it fails.
 */
export async function openStoreKey(
  file: string,
  sealer: Sealer,
  platform: NodeJS.Platform,
): Promise<Result<Buffer | undefined, { readonly words: string }>> {
  const remembered = readKeyFile(file)
  if (!remembered.ok) return remembered
  const usable = await isUsable(sealer, platform)
  if (remembered.value === undefined) return ok(await makeKey(file, usable ? sealer : undefined))
  const { sealed } = remembered.value
  if (sealed === null) return ok(undefined)
  if (!usable) return err({ words: '系统密钥库现在不可用，打不开已加密的本机数据库。请用平时的系统用户登录后再启动。' })
  return unseal(file, sealer, Buffer.from(sealed, 'base64'))
}

function readKeyFile(file: string): Result<z.infer<typeof keyFileSchema> | undefined, { readonly words: string }> {
  try {
    return ok(keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(undefined)
    return err({ words: `数据库密钥文件读不了：${file}。请不要删除它，请联系信息科从备份恢复。` })
  }
}

/** `basic_text` seals with a password that is in Chromium's source: no protection, so it counts as none. */
async function isUsable(sealer: Sealer, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'linux' && sealer.getSelectedStorageBackend() === 'basic_text') return false
  return sealer.isAsyncEncryptionAvailable()
}

async function makeKey(file: string, sealer: Sealer | undefined): Promise<Buffer | undefined> {
  const key = sealer === undefined ? undefined : randomBytes(KEY_BYTES)
  await writeKeyFile(file, sealer, key)
  return key
}

async function unseal(file: string, sealer: Sealer, sealed: Buffer): Promise<Result<Buffer, { words: string }>> {
  try {
    const { result, shouldReEncrypt } = await sealer.decryptStringAsync(sealed)
    const key = Buffer.from(result, 'base64')
    if (key.length !== KEY_BYTES) return err({ words: cannotUnseal(file) })
    if (shouldReEncrypt) await writeKeyFile(file, sealer, key)
    return ok(key)
  } catch {
    // The keychain belongs to another user or machine, or was reset; what it said would tell the cashier nothing.
    return err({ words: cannotUnseal(file) })
  }
}

function cannotUnseal(file: string): string {
  return `系统密钥库解不开数据库密钥：${file}。可能换了系统用户或电脑。请不要删除它，请联系信息科。`
}

async function writeKeyFile(file: string, sealer: Sealer | undefined, key: Buffer | undefined): Promise<void> {
  const sealed = sealer && key ? (await sealer.encryptStringAsync(key.toString('base64'))).toString('base64') : null
  mkdirSync(dirname(file), { recursive: true })
  writeDurably(file, JSON.stringify({ sealed }))
}

/** Whole or not at all: half a key file would lock the store for ever. */
function writeDurably(file: string, text: string): void {
  const draft = `${file}.new`
  const handle = openSync(draft, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
}
