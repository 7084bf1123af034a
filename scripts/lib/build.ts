import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DESK_ENTRY } from './desk-entry.ts'
import { ended, ROOT, spawnNode } from './project.ts'

const BUILT = [
  ...['out/main/index.js', DESK_ENTRY, 'out/main/worker.js', 'out/main/checkpoint.js'],
  ...['out/preload/index.js', 'out/renderer/index.html'],
]
const SOURCES = ['src', 'docs/handbook.zh-CN.md', 'docs/images', 'electron.vite.config.ts', 'package-lock.json']

/** Builds main, preload and window when they are missing or older than their sources. @returns whether they are there. */
export async function buildIfStale(): Promise<boolean> {
  if (!isStale()) return true
  process.stderr.write('正在构建… Building…\n')
  // Standard output stays free: it may belong to the ready line of whoever is started next.
  const builder = spawnNode('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], {
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const { code } = await ended(builder)
  if (code !== 0) process.stderr.write('构建失败，原因见上。 The build failed, see above.\n')
  return code === 0
}

function isStale(): boolean {
  const builtAtMs = Math.min(...BUILT.map((file) => changedAtMs(join(ROOT, file)) ?? 0))
  return newestMs(SOURCES.map((name) => join(ROOT, name))) > builtAtMs
}

function newestMs(paths: readonly string[]): number {
  return Math.max(0, ...paths.flatMap(filesOf).map((file) => changedAtMs(file) ?? 0))
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function changedAtMs(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
