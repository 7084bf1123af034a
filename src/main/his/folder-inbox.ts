import type { Stats } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#shared/domain/time.ts'
import { type FolderMessage, readFolderMessage } from './folder-message.ts'
import type { HisTrouble } from './his-source.ts'
import { moveInto, writeWhole } from './move-file.ts'

/** Larger than any charge. */
const LARGEST_BYTES = 2 * 1024 * 1024
/** A file that makes no sense may still be being written; after so long without a change it is bad. */
const PATIENCE_MS = 5_000

/** What became of a message: taken, refused with words for the hospital's IT, or to be looked at again later. */
export type Taking =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'later' }

export interface InboxParts {
  readonly folder: string
  readonly orgCodg: string
  readonly clock: Clock
  /** Commits what a file says; only after that is the file moved. */
  readonly take: (message: Exclude<FolderMessage, { kind: 'bad' | 'incomplete' }>) => Taking
}

interface Sight {
  readonly size: number
  readonly mtimeMs: number
  /** When this size and time were first seen. */
  readonly sinceMs: number
  /** What was decided; only the moving is still to be done. */
  readonly verdict?: Verdict
}

type Verdict = { readonly folder: 'done' } | { readonly folder: 'rejected'; readonly words: string }

/**
 * The folder into which the hospital's system drops charges. A file is read when two looks have found it with the same
 * size and time; then it moves to `done/`, or to `rejected/` with the reason beside it.
 */
export class FolderInbox {
  readonly #parts: InboxParts
  #sights = new Map<string, Sight>()

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** One look at the folder. @returns what is wrong with it; undefined when nothing is. */
  async look(): Promise<HisTrouble | undefined> {
    let found: readonly Found[]
    try {
      found = await this.#list()
    } catch {
      // Missing, no permission, the share is away: for the reader of the words it is one thing.
      return { state: 'down', words: 'his.folder.inbox：文件夹不存在或无法读取' }
    }
    const before = this.#sights
    this.#sights = new Map()
    let stuck = false
    for (const file of found) stuck = !(await this.#visit(file, before.get(file.name))) || stuck
    return stuck ? { state: 'warn', words: 'his.folder.inbox：处理过的文件无法移走，请检查写入权限' } : undefined
  }

  /** In the order in which they came, so that of two files about one charge the newer wins. */
  async #list(): Promise<readonly Found[]> {
    const { folder } = this.#parts
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && !/\.(tmp|part)$/i.test(name))
    const found = await Promise.all(names.map((name) => statOf(folder, name)))
    return found
      .flatMap((file) => (file === undefined ? [] : [file]))
      .sort((left, right) => left.stats.mtimeMs - right.stats.mtimeMs || (left.name < right.name ? -1 : 1))
  }

  /** @returns false when the file could not be moved away. */
  async #visit({ name, stats }: Found, last: Sight | undefined): Promise<boolean> {
    const nowMs = this.#parts.clock.now()
    const unchanged = last !== undefined && last.size === stats.size && last.mtimeMs === stats.mtimeMs
    const sight: Sight = unchanged ? last : { size: stats.size, mtimeMs: stats.mtimeMs, sinceMs: nowMs }
    const verdict = sight.verdict ?? (unchanged ? await this.#judge(name, sight, nowMs) : undefined)
    if (verdict === undefined) {
      this.#sights.set(name, sight)
      return true
    }
    const moved = await this.#moveAway(name, verdict)
    if (!moved) this.#sights.set(name, { ...sight, verdict })
    return moved
  }

  async #judge(name: string, { size, sinceMs }: Sight, nowMs: number): Promise<Verdict | undefined> {
    if (size > LARGEST_BYTES) return rejected('文件超过 2 MB')
    const bytes = await contentOf(join(this.#parts.folder, name))
    // Written to since the look, or held by its writer: the next look will tell.
    if (bytes === undefined || bytes.length !== size) return undefined
    const message = readFolderMessage(bytes, this.#parts.orgCodg)
    if (message.kind === 'incomplete') {
      return nowMs - sinceMs >= PATIENCE_MS ? rejected('内容不是完整的 UTF-8 JSON') : undefined
    }
    if (message.kind === 'bad') return rejected(message.words)
    const taking = this.#parts.take(message)
    if (taking.kind === 'later') return undefined
    return taking.kind === 'taken' ? { folder: 'done' } : rejected(taking.words)
  }

  async #moveAway(name: string, verdict: Verdict): Promise<boolean> {
    const { folder } = this.#parts
    try {
      const target = join(folder, verdict.folder)
      const movedAs = await moveInto(target, join(folder, name), name)
      if (verdict.folder === 'rejected') await writeWhole(target, `${movedAs}.reason.txt`, `${verdict.words}\n`)
      return true
    } catch {
      // It stays where it is, is not read again, and the next look tries once more; health says so.
      return false
    }
  }
}

interface Found {
  readonly name: string
  readonly stats: Stats
}

function rejected(words: string): Verdict {
  return { folder: 'rejected', words }
}

/** Regular files only: no folders, no links. */
async function statOf(folder: string, name: string): Promise<Found | undefined> {
  try {
    const stats = await lstat(join(folder, name))
    return stats.isFile() ? { name, stats } : undefined
  } catch {
    // Gone since the listing.
    return undefined
  }
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch {
    // Its writer still holds it (Windows), or it is gone.
    return undefined
  }
}
