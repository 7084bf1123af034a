import { constants, copyFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { openStore, type Store } from '#main/store/store.ts'
import { type Clock, systemClock } from '#shared/domain/time.ts'

/** A generated store that may be written to. */
export function copyStore(from: string, to: string, clock: Clock = systemClock): Store {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
  const opened = openStore({ path: to }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  return opened.value
}
