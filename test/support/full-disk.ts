import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { HeadlessProcess } from './headless-process.ts'

/** A disk that a desk writes to, and that a test can take the space from. */
export interface Disk {
  fill(desk: HeadlessProcess): void
  free(desk: HeadlessProcess): void
}

/** A file system of its own that can be filled, enlarged and made read-only. */
export interface SmallDisk extends Disk {
  /** `ro` only while nobody writes to it: the system refuses it otherwise. */
  remount(option: 'ro' | 'rw'): void
}

/** Mounts one at `folder`. @returns undefined where this is not permitted: it takes root on Linux. */
export function mountSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder])
  if (mounted.status !== 0) return undefined
  // Lazily: the process that writes there may be on its way out.
  onTestFinished(() => {
    spawnSync('umount', ['--lazy', folder])
  })
  const remount = (option: string) => execFileSync('mount', ['-o', `remount,${option}`, folder])
  return {
    remount,
    fill: () => fillUp(join(folder, 'of-somebody-else.bin')),
    free: () => remount('size=64m'),
  }
}

/** No file may grow, as under a quota; needs no root. @returns undefined where the system has no such limit. */
export function fileSizeLimit(): Disk | undefined {
  if (spawnSync('prlimit', ['--version']).status !== 0) return undefined
  const limit = ({ pid }: HeadlessProcess, bytes: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  return { fill: (desk) => limit(desk, '1'), free: (desk) => limit(desk, 'unlimited') }
}

function fillUp(path: string): void {
  const handle = openSync(path, 'w')
  const page = Buffer.alloc(4096, 1)
  try {
    for (;;) writeSync(handle, page)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(handle)
  }
}
