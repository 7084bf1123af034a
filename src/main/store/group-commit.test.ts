import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemTimers } from '#main/desk/system-timers.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { Checkpointer } from './checkpoint/checkpointer.ts'
import { GroupCommit } from './group-commit.ts'
import { JournalCopy } from './journal-copy/journal-copy.ts'
import { lineCodec } from './journal-copy/journal-line.ts'
import { type Db, openDb } from './open.ts'
import { StoreFaults } from './store-faults.ts'
import { type DataSync, SyncLine } from './sync-line.ts'
import { Transactions } from './transactions.ts'

/** A disk that ends a sync when it is told to. */
class SlowDisk {
  readonly syncs: PromiseWithResolvers<void>[] = []

  readonly datasync = () => {
    const sync = Promise.withResolvers<void>()
    this.syncs.push(sync)
    return sync.promise
  }
}

function world(datasync?: DataSync) {
  const path = join(tempDir(), 'a.db')
  const db = opened(path)
  const reader = opened(path)
  onTestFinished(() => {
    reader.close()
    db.close()
  })
  const problems: unknown[] = []
  const journal = new JournalCopy(join(dirname(path), 'journal'), lineCodec(undefined), { now: () => 1 })
  const faults = new StoreFaults()
  const report = (error: unknown) => void problems.push(error)
  const log = new SyncLine(`${path}-wal`, datasync)
  onTestFinished(() => log.close())
  const checkpointer = new Checkpointer({ db, database: { path }, file: undefined, report })
  const transactions = new Transactions({ db, log, journal, checkpointer, faults, report })
  const commits = new GroupCommit(transactions, report, systemTimers)
  const insert = db.prepare<[string]>(`INSERT INTO charge VALUES (?, '990101', '{}', 1)`)
  /** What another connection sees: committed, nothing else. */
  const committed = () => reader.prepare<[], string>('SELECT med_org_ord FROM charge ORDER BY 1').pluck().all()
  return { db, faults, transactions, commits, problems, committed, add: (name: string) => insert.run(name).changes }
}

function opened(path: string): Db {
  const result = openDb({ path })
  if (!result.ok) throw new Error(result.error.words)
  return result.value
}

describe('a group commit', () => {
  it('commits once for all that wait in the same moment, each told only afterwards', async () => {
    const { commits, committed, add } = world()
    const told: string[] = []
    const all = ['A', 'B', 'C'].map((name) =>
      commits.join(() => {
        add(name)
        told.push(`${name} wrote, ${committed().length} visible`)
      }),
    )
    await Promise.all(all.map((one) => one.then(() => told.push(`${committed().length} visible`))))
    expect(told).toEqual([
      'A wrote, 0 visible',
      'B wrote, 0 visible',
      'C wrote, 0 visible',
      '3 visible',
      '3 visible',
      '3 visible',
    ])
  })

  it('two that do not meet are two commits: the test above can fail', async () => {
    const { commits, committed, add } = world()
    await commits.join(() => add('A'))
    const seen = await commits.join(() => {
      add('B')
      return committed()
    })
    expect(seen).toEqual(['A'])
  })

  it('one that fails takes nobody along, and leaves nothing of itself', async () => {
    const { commits, committed, add } = world()
    const good = commits.join(() => add('A'))
    const bad = commits.join(() => {
      add('B')
      throw new Error('a bug')
    })
    const alsoGood = commits.join(() => add('C'))
    await expect(bad).rejects.toThrow('a bug')
    expect(await good).toBe(1)
    expect(await alsoGood).toBe(1)
    expect(committed()).toEqual(['A', 'C'])
  })

  it('what fails within a member and is caught there leaves nothing either, and is told of by nobody', async () => {
    const { transactions, commits, committed, add } = world()
    const told: string[] = []
    const mended = commits.join(() => {
      add('A')
      const failing = () =>
        transactions.run(() => {
          add('B')
          transactions.afterCommit(() => told.push('B'))
          throw new Error('a bug')
        })
      expect(failing).toThrow('a bug')
      transactions.afterCommit(() => told.push('A'))
    })
    await Promise.all([mended, commits.join(() => add('C'))])
    expect({ committed: committed(), told }).toEqual({ committed: ['A', 'C'], told: ['A'] })
  })

  it('runs again, each in a savepoint, only where one failed', async () => {
    const { commits, committed, add } = world()
    let runs = 0
    const counted = () => {
      runs += 1
      return add(`A${runs}`)
    }
    await Promise.all([commits.join(counted), commits.join(() => add('B'))])
    expect(runs).toBe(1)
    const failed = commits.join(() => {
      throw new Error('a bug')
    })
    await Promise.allSettled([commits.join(counted), failed])
    expect(runs).toBe(3)
    expect(committed()).toEqual(['A1', 'A3', 'B'])
  })

  it('a store that fails fails them all: none is told that it is kept', async () => {
    const { commits, committed, add } = world()
    const first = commits.join(() => add('A'))
    const second = commits.join(() => {
      throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })
    })
    await expect(second).rejects.toThrow('disk full')
    await expect(first).rejects.toThrow('disk full')
    expect(committed()).toEqual([])
    expect(await commits.join(() => add('B'))).toBe(1)
  })

  it('is closed by nobody: what is flushed is committed before flush returns', () => {
    const { commits, committed, add } = world()
    commits.follow(() => add('A'))
    const waiting = commits.join(() => add('B'))
    commits.flush()
    expect(committed()).toEqual(['A', 'B'])
    return waiting
  })
})

describe('work that nobody waits for', () => {
  it('follows at once where there is no load', async () => {
    const { commits, committed, add } = world()
    await commits.join(() => add('A'))
    commits.follow(() => add('B'))
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
    expect(committed()).toEqual(['A', 'B'])
  })

  it('rides with the next commit under load', async () => {
    const { commits, committed, add } = world()
    await Promise.all([commits.join(() => add('A')), commits.join(() => add('B'))])
    commits.follow(() => add('D'))
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
    expect(committed()).toEqual(['A', 'B'])
    await commits.join(() => add('C'))
    expect(committed()).toEqual(['A', 'B', 'C', 'D'])
  })

  it('that goes wrong is reported and takes nobody along', async () => {
    const { commits, committed, problems, add } = world()
    commits.follow(() => {
      add('A')
      throw new Error('a bug')
    })
    await commits.join(() => add('B'))
    expect(problems).toEqual([new Error('a bug')])
    expect(committed()).toEqual(['B'])
  })
})

/** So many turns of the event loop; a group commits within a few. */
async function turns(count = 5): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn()
}

describe('a commit that the disk has not ended', () => {
  it('is acknowledged when the disk has, and not before', async () => {
    const disk = new SlowDisk()
    const { commits, committed, add } = world(disk.datasync)
    const told: string[] = []
    const joined = commits.join(() => add('A')).then(() => told.push('acknowledged'))
    await turns()
    expect({ committed: committed(), told }).toEqual({ committed: ['A'], told: [] })
    disk.syncs[0]?.resolve()
    await joined
    expect(told).toEqual(['acknowledged'])
  })

  it('does not keep the next from being committed meanwhile', async () => {
    const disk = new SlowDisk()
    const { commits, committed, add } = world(disk.datasync)
    const first = commits.join(() => add('A'))
    await turns()
    const second = commits.join(() => add('B'))
    await turns()
    expect(committed()).toEqual(['A', 'B'])
    for (const sync of disk.syncs) sync.resolve()
    await Promise.all([first, second])
  })

  it('lets those gather who would wait for the disk anyway', async () => {
    const disk = new SlowDisk()
    const { commits, committed, add } = world(disk.datasync)
    const all: Promise<unknown>[] = []
    for (const name of ['A', 'B', 'C', 'D', 'E']) {
      all.push(commits.join(() => add(name)))
      await turns()
    }
    expect({ committed: committed(), syncs: disk.syncs.length }).toEqual({ committed: ['A', 'B', 'C'], syncs: 3 })
    disk.syncs[0]?.resolve()
    await turns()
    expect({ committed: committed(), syncs: disk.syncs.length }).toEqual({
      committed: ['A', 'B', 'C', 'D', 'E'],
      syncs: 4,
    })
    for (const sync of disk.syncs) sync.resolve()
    await Promise.all(all)
  })

  it('tells others in the order of the commits, also where a later one is durable first', async () => {
    const disk = new SlowDisk()
    const { transactions, commits, add } = world(disk.datasync)
    const told: string[] = []
    const joined = commits.join(() => {
      add('A')
      transactions.afterCommit(() => told.push('A'))
    })
    await turns()
    transactions.run(() => {
      add('B')
      transactions.afterCommit(() => told.push('B'))
    })
    expect(told).toEqual([])
    disk.syncs[0]?.resolve()
    await joined
    expect(told).toEqual(['A', 'B'])
  })

  it('holds back what may leave this machine', async () => {
    const disk = new SlowDisk()
    const { commits, add } = world(disk.datasync)
    await commits.durable()
    commits.follow(() => add('A'))
    await turns()
    let isDurable = false
    const durable = commits.durable().then(() => {
      isDurable = true
    })
    await turns()
    expect(isDurable).toBe(false)
    disk.syncs[0]?.resolve()
    await durable
  })

  it('leaves every other transaction of the connection as durable as it was', async () => {
    const { db, transactions, commits, add } = world()
    await commits.join(() => add('A'))
    const failing = () =>
      transactions.commit(() => {
        throw new Error('a bug')
      })
    expect(failing).toThrow('a bug')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
  })
})

describe('a disk that does not keep what it was given', () => {
  const REFUSED = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
  const failing: DataSync = async () => Promise.reject(REFUSED)

  it('is told to those who wait, and to nobody who listens', async () => {
    const { transactions, commits, faults, add } = world(failing)
    const told: string[] = []
    const joined = commits.join(() => {
      add('A')
      transactions.afterCommit(() => told.push('A'))
    })
    await expect(joined).rejects.toMatchObject({ code: 'STORE_SYNC_FAILED', cause: REFUSED })
    await expect(commits.durable()).rejects.toThrow()
    expect(told).toEqual([])
    expect(faults.problem?.reason).toBe('notDurable')
  })

  it('is written to no more, though it may say now that all is well', async () => {
    let isSound = false
    const { transactions, commits, faults, committed, add } = world(async () => {
      if (!isSound) throw REFUSED
    })
    await expect(commits.join(() => add('A'))).rejects.toThrow()
    isSound = true
    await expect(commits.join(() => add('B'))).rejects.toThrow()
    expect(() => transactions.run(() => add('C'))).toThrow()
    expect(() => add('D')).toThrow()
    expect(committed()).toEqual(['A'])
    expect(faults.problem?.reason).toBe('notDurable')
  })

  it('is not called sound by a commit from before it failed otherwise', async () => {
    const disk = new SlowDisk()
    const { commits, faults, add } = world(disk.datasync)
    const joined = commits.join(() => add('A'))
    await turns()
    faults.note(Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' }))
    disk.syncs[0]?.resolve()
    await joined
    expect(faults.problem?.reason).toBe('full')
    const next = commits.join(() => add('B'))
    await turns()
    disk.syncs[1]?.resolve()
    await next
    expect(faults.problem).toBeUndefined()
  })

  it('fails those too whose own sync, begun before, ended well', async () => {
    const disk = new SlowDisk()
    const { commits, add } = world(disk.datasync)
    const first = commits.join(() => add('A'))
    await turns()
    const second = commits.join(() => add('B'))
    await turns()
    const both = Promise.allSettled([first, second])
    disk.syncs[0]?.reject(REFUSED)
    await turns()
    disk.syncs[1]?.resolve()
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('a disk that keeps it ends well in the same three ways: the tests above can fail', async () => {
    const { commits, transactions, faults, committed, add } = world(async () => undefined)
    await Promise.all([commits.join(() => add('A')), commits.join(() => add('B'))])
    transactions.run(() => add('C'))
    await commits.durable()
    expect(committed()).toEqual(['A', 'B', 'C'])
    expect(faults.problem).toBeUndefined()
  })
})

describe('what is told after a commit', () => {
  it('is told when all of it is durable, also from within a savepoint', () => {
    const { transactions, committed, add } = world()
    const told: string[][] = []
    transactions.run(() => {
      transactions.run(() => {
        add('A')
        transactions.afterCommit(() => told.push(committed()))
      })
      expect(told).toEqual([])
      add('B')
    })
    expect(told).toEqual([['A', 'B']])
  })

  it('is never told when it was undone', () => {
    const { transactions, committed, add } = world()
    const told: string[] = []
    transactions.run(() => {
      add('A')
      const undone = () =>
        transactions.run(() => {
          transactions.afterCommit(() => told.push('undone'))
          throw new Error('undo')
        })
      expect(undone).toThrow('undo')
      transactions.afterCommit(() => told.push('done'))
    })
    expect(told).toEqual(['done'])
    expect(committed()).toEqual(['A'])
  })
})
