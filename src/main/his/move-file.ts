import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Moves a file into a folder, which is made when missing, under its own name or, where that is taken, with a number.
 * On a share a rename may be refused (another volume, a scanner that holds the file): then it is copied and deleted.
 * @returns the name that it has there. @throws the system's error when neither works; the file is still in its place.
 */
export async function moveInto(folder: string, from: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const free = await freeName(folder, name)
  const to = join(folder, free)
  try {
    await rename(from, to)
  } catch {
    // Whatever the reason, the second way tells whether there is none.
    await copyFile(from, to)
    await rm(from)
  }
  return free
}

/** Writes a file so that a reader finds the whole of it or nothing: a hidden name, flushed, then renamed. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const hidden = join(folder, `.${name}.tmp`)
  const file = await open(hidden, 'w')
  try {
    await file.writeFile(text, 'utf8')
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(hidden, join(folder, name))
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}.${number}`
    if (!(await exists(join(folder, candidate)))) return candidate
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    // Missing, or not to be seen: writing there will tell.
    return false
  }
}
