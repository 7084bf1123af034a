import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Builds the shim with the system's compiler. @returns undefined, with the reason, where there is none. */
export function buildShim(folder: string): { readonly file: string } | { readonly why: string } {
  if (process.platform !== 'linux') return { why: 'LD_PRELOAD is a thing of Linux' }
  const file = join(folder, 'durable.so')
  const source = join(import.meta.dirname, 'durable.c')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', file, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  })
  if (built.error !== undefined) return { why: 'this machine has no C compiler' }
  return built.status === 0 ? { file } : { why: `the compiler refused the shim: ${built.stderr}` }
}

/** A data folder on a disk that keeps only what was synced. */
export class DurableDisk {
  readonly dataDir: string
  readonly #copy: string
  readonly #checkpoints: string

  constructor(folder: string) {
    this.dataDir = join(folder, 'data')
    this.#copy = join(folder, 'durable')
    this.#checkpoints = join(folder, 'checkpoints')
    mkdirSync(this.dataDir, { recursive: true })
  }

  env(shim: string): NodeJS.ProcessEnv {
    return {
      LD_PRELOAD: shim,
      DURABLE_ROOT: this.dataDir,
      DURABLE_COPY: this.#copy,
      DURABLE_CHECKPOINTS: this.#checkpoints,
    }
  }

  /** How often another thread than a desk's main one moved the log into the database and synced that. */
  get checkpoints(): number {
    return statSync(this.#checkpoints, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Everything that stands there now is durable. */
  settle(): void {
    rmSync(this.#copy, { recursive: true, force: true })
    cpSync(this.dataDir, this.#copy, { recursive: true })
  }

  /** A file or folder that is lost for good. */
  remove(name: string): void {
    for (const root of [this.dataDir, this.#copy]) rmSync(join(root, name), { recursive: true, force: true })
  }

  /** How many files were synced since `settle`, by ending: proof that the shim sees both ways of writing. */
  has(ending: string): boolean {
    return filesOf(this.#copy).some((file) => file.endsWith(ending))
  }

  /**
   * The power is gone. What was synced is there; of what was written since, any page may have reached the disk too.
   * @param luck the share of such pages that did, 0 to 1.
   */
  cut(luck: number): void {
    const written = new Map(
      filesOf(this.dataDir)
        .filter((file) => !file.endsWith('-shm'))
        .map((file) => [relative(this.dataDir, file), readFileSync(file)]),
    )
    rmSync(this.dataDir, { recursive: true, force: true })
    cpSync(this.#copy, this.dataDir, { recursive: true })
    for (const [name, later] of written) {
      const file = join(this.dataDir, name)
      if (existsSync(file)) writeFileSync(file, torn(readFileSync(file), later, luck))
    }
    for (const file of filesOf(this.dataDir)) if (file.endsWith('.part')) rmSync(file)
    this.settle()
  }
}

const PAGE = 4096

/** The durable bytes with some pages of what was written later; the file ends where the last lucky page does. */
function torn(durable: Buffer, later: Buffer, luck: number): Buffer {
  const lucky = Array.from({ length: Math.ceil(later.length / PAGE) }, (_, page) => page * PAGE).filter(
    () => Math.random() < luck,
  )
  const end = Math.min((lucky.at(-1) ?? -PAGE) + PAGE, later.length)
  // In one piece: a log may have 16,000 pages.
  const bytes = Buffer.alloc(Math.max(durable.length, end))
  durable.copy(bytes)
  for (const at of lucky) later.copy(bytes, at, at, Math.min(at + PAGE, later.length))
  return bytes
}

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
