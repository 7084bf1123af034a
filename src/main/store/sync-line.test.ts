import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Timers } from '#shared/domain/time.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { SyncLine } from './sync-line.ts'

/** A clock that is put on by hand, and a disk that ends a sync when it is told to. */
function world() {
  let nowMs = 0
  const waiting: { readonly atMs: number; readonly run: () => void }[] = []
  const syncs: PromiseWithResolvers<void>[] = []
  const timers: Timers = {
    monotonicMs: () => nowMs,
    after(ms, run) {
      waiting.push({ atMs: nowMs + ms, run })
      return () => undefined
    },
    every: () => () => undefined,
  }
  const path = join(tempDir(), 'a.db-wal')
  writeFileSync(path, '')
  const datasync = () => {
    const sync = Promise.withResolvers<void>()
    syncs.push(sync)
    return sync.promise
  }
  const line = new SyncLine(path, datasync, timers)
  onTestFinished(() => line.close())
  const later = async (ms: number) => {
    nowMs += ms
    for (const { atMs, run } of waiting) if (atMs <= nowMs) run()
    await nextTurn()
  }
  /** One sync from its beginning to its end. */
  const syncIn = async (ms: number) => {
    const synced = line.durable()
    await later(ms)
    syncs.at(-1)?.resolve()
    await synced
  }
  const isFree = async () => {
    const busy = line.untilFree()
    if (busy === undefined) return true
    let freed = false
    void busy.then(() => {
      freed = true
    })
    await nextTurn()
    return freed
  }
  return { line, syncs, later, syncIn, isFree }
}

it('spreads the syncs of a slow disk evenly', async () => {
  const { line, syncs, later, syncIn, isFree } = world()
  await syncIn(21)
  expect(await isFree()).toBe(true)
  const first = line.durable()
  expect(await isFree()).toBe(false)
  const inTime = line.untilFree()
  await later(7)
  await inTime
  const second = line.durable()
  expect(await isFree()).toBe(false)
  await later(7)
  expect(await isFree()).toBe(true)
  for (const sync of syncs) sync.resolve()
  await Promise.all([first, second])
})

it('keeps nobody waiting for a quick disk, nor for long after one slow sync', async () => {
  const { line, syncs, later, syncIn, isFree } = world()
  await syncIn(2)
  const first = line.durable()
  expect(await isFree()).toBe(true)
  syncs.at(-1)?.resolve()
  await first
  await syncIn(900)
  const second = line.durable()
  await later(10)
  expect(await isFree()).toBe(true)
  syncs.at(-1)?.resolve()
  await second
})

it('has so many syncs under way and no more; who comes then shares the next', async () => {
  const { line, syncs, isFree } = world()
  const all = Array.from({ length: 5 }, () => line.durable())
  expect(syncs).toHaveLength(3)
  expect(await isFree()).toBe(false)
  const free = line.untilFree()
  syncs[0]?.resolve()
  await free
  expect(syncs).toHaveLength(4)
  for (const sync of syncs) sync.resolve()
  await Promise.all(all)
})
