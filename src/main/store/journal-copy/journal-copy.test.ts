import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import type { OperationRecord } from '../operations.ts'
import { openStore, type Store } from '../store.ts'
import { journalDays, pruneJournal, readJournal } from './journal-files.ts'
import { lineCodec } from './journal-line.ts'
import { replayJournal } from './replay.ts'

const KEY = Buffer.alloc(32, 7)
const CLOCK = { now: () => Date.parse('2026-03-18T08:00:00+08:00') }
const CHARGE = {
  patientName: '测试甲',
  idNo: '990101199001010011',
  deptName: '内科',
  drName: '',
  visitTime: '',
  chargeFen: fen(4009),
  chargeOutsideFen: fen(0),
}

/** A desk's folder whose database can be lost, put back and opened again. */
function world(key?: Buffer) {
  const dir = tempDir()
  const path = join(dir, 'cashier.db')
  let store: Store | undefined
  const open = () => {
    store?.close()
    const opened = openStore({ path, key }, CLOCK)
    if (!opened.ok) throw new Error(opened.error.words)
    store = opened.value
    return store
  }
  onTestFinished(() => store?.close())
  const lose = () => {
    store?.close()
    store = undefined
    for (const name of readdirSync(dir)) if (name.startsWith('cashier.db')) rmSync(join(dir, name))
  }
  return { dir, path, open, lose, folder: join(dir, 'journal') }
}

function operation(id: string, kind: OperationRecord['kind'] = 'upload', medOrgOrd = 'MZ1'): OperationRecord {
  return {
    id,
    medOrgOrd,
    kind,
    state: 'prepared',
    requestId: `request-${id}`,
    requestJson: JSON.stringify({ medOrgOrd }),
    operatorName: '值班收费员',
    message: null,
    preparedAtMs: CLOCK.now(),
    endedAtMs: null,
  }
}

function begin(store: Store, record: OperationRecord): void {
  store.transaction(() => {
    store.book.open(record.medOrgOrd, CHARGE)
    store.operations.insert(record)
  })
  store.operations.move(record.id, 'send', CLOCK.now())
}

function tell(store: Store, medOrgOrd: string | null = 'MZ1'): Promise<number> {
  return store.commits.join(() => insertMessage(store, medOrgOrd))
}

function insertMessage(store: Store, medOrgOrd: string | null): number {
  return store.callbacks.insert({
    interfaceId: '2.2',
    medOrgOrd,
    payOrdId: 'P1',
    dedupeKey: `key-${medOrgOrd}`,
    moneyKey: 'money',
    status: 'accepted',
    body: '{"psnName":"PERSON-OF-NOWHERE"}',
    caller: '127.0.0.1',
    receivedAtMs: CLOCK.now(),
    answerStatus: 200,
    answerBody: '{"code":1}',
  })
}

describe('the journal copy', () => {
  it('has a message once whose commit was done again, and nothing of what failed there', async () => {
    const { open, folder } = world()
    const store = open()
    const failing = store.commits.join(() => {
      insertMessage(store, 'MZ2')
      throw new Error('a bug')
    })
    await Promise.allSettled([tell(store), failing])
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(text.join('').match(/key-MZ\d/g)).toEqual(['key-MZ1'])
  })

  it('brings an operation that was sent, and an acknowledged callback, back into an empty database', async () => {
    const { open, lose } = world()
    const before = open()
    begin(before, operation('o1'))
    await tell(before)
    lose()
    const after = open()
    expect(after.book.find('MZ1')).toBeUndefined()
    expect(after.replayJournal()).toEqual({ operations: 1, callbacks: 1 })
    expect(after.operations.byId('o1')).toMatchObject({ state: 'sent', requestId: 'request-o1', kind: 'upload' })
    expect(after.book.find('MZ1')?.charge).toEqual(CHARGE)
    expect(after.callbacks.waiting()).toHaveLength(1)
    expect(after.replayJournal()).toEqual({ operations: 0, callbacks: 0 })
  })

  it('has nothing to bring back where the database is whole', async () => {
    const { open } = world()
    const before = open()
    begin(before, operation('o1'))
    await tell(before)
    expect(open().replayJournal()).toEqual({ operations: 0, callbacks: 0 })
  })

  it('without its files nothing comes back: the tests above can fail', async () => {
    const { open, lose, folder } = world()
    begin(open(), operation('o1'))
    lose()
    rmSync(folder, { recursive: true })
    expect(open().replayJournal()).toEqual({ operations: 0, callbacks: 0 })
  })

  it('brings back only the last operation of an order as open; those before it had ended', () => {
    const { open, lose } = world()
    const before = open()
    begin(before, operation('o1'))
    before.operations.move('o1', 'succeed', CLOCK.now())
    begin(before, operation('o2', 'revoke'))
    before.operations.move('o2', 'succeed', CLOCK.now())
    lose()
    const after = open()
    expect(after.replayJournal().operations).toBe(2)
    expect(after.operations.byId('o1')?.state).toBe('succeeded')
    expect(after.operations.byId('o2')?.state).toBe('sent')
  })

  it('does not bring back what never left this machine, nor what was refused', () => {
    const { open, lose } = world()
    const before = open()
    before.transaction(() => {
      before.book.open('MZ1', CHARGE)
      before.operations.insert(operation('o1'))
    })
    begin(before, operation('o2', 'upload', 'MZ2'))
    before.operations.move('o2', 'fail', CLOCK.now(), '中心拒绝')
    lose()
    expect(open().replayJournal().operations).toBe(0)
  })

  it('a refund comes back with its number, so that no second one is minted', () => {
    const { open, lose } = world()
    const before = open()
    const refund = {
      operationId: 'o1',
      medOrgOrd: 'MZ1',
      appRefdSn: 'RF1',
      refdType: 'HI',
      refChannel: 'online',
      reason: '退号',
    } as const
    before.transaction(() => {
      before.book.open('MZ1', CHARGE)
      before.operations.insert(operation('o1', 'refund'))
      before.refunds.insert(refund)
    })
    before.operations.move('o1', 'send', CLOCK.now())
    lose()
    const after = open()
    after.replayJournal()
    expect(after.refunds.ofOperation('o1')).toEqual(refund)
  })

  it('a callback for an order that is not known comes back parked', async () => {
    const { open, lose } = world()
    await tell(open(), 'MZ9')
    lose()
    const after = open()
    after.replayJournal()
    expect(after.callbacks.waitingFor('MZ9')).toHaveLength(1)
  })

  it('what a rollback undid is not in it', () => {
    const { open, folder } = world()
    const store = open()
    const undone = () =>
      store.transaction(() => {
        store.book.open('MZ1', CHARGE)
        store.operations.insert(operation('o1'))
        throw new Error('undo')
      })
    expect(undone).toThrow('undo')
    begin(store, operation('o2', 'upload', 'MZ2'))
    const ids = readJournal(folder, lineCodec(undefined)).records.map((record) =>
      record.kind === 'operation' ? record.operation.id : 'callback',
    )
    expect(ids).toEqual(['o2', 'o2'])
  })

  it('a torn last line is left out, and what is written after it is read', () => {
    const { open, folder } = world()
    begin(open(), operation('o1'))
    const [day = ''] = journalDays(folder)
    appendFileSync(join(folder, `journal-${day}.jsonl`), '{"sum":"00000000","record":{"kind":"opera')
    begin(open(), operation('o2', 'upload', 'MZ2'))
    const { records, unreadable } = readJournal(folder, lineCodec(undefined))
    expect(unreadable).toBe(1)
    expect(records).toHaveLength(4)
  })

  it('a line whose content was changed is no record', () => {
    const { open, folder } = world()
    begin(open(), operation('o1'))
    const file = join(folder, readdirSync(folder)[0] ?? '')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('MZ1', 'MZ7'))
    expect(readJournal(folder, lineCodec(undefined))).toEqual({ records: [], unreadable: 2 })
  })

  it('is sealed with the key of the database, and nothing of it can be read without', async () => {
    const { open, folder } = world(KEY)
    const store = open()
    begin(store, operation('o1'))
    await tell(store)
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    for (const secret of ['PERSON-OF-NOWHERE', '测试甲', '990101199001010011', 'MZ1'])
      expect(text).not.toContain(secret)
    expect(readJournal(folder, lineCodec(KEY)).records).toHaveLength(3)
    expect(readJournal(folder, lineCodec(Buffer.alloc(32, 8))).records).toHaveLength(0)
  })

  it('goes by whole days', () => {
    const folder = tempDir()
    for (const day of ['20260316', '20260317', '20260318']) writeFileSync(join(folder, `journal-${day}.jsonl`), '')
    pruneJournal(folder, '20260317')
    expect(journalDays(folder)).toEqual(['20260317', '20260318'])
  })

  it('an order that is open in an older backup is closed by what the copy knows came after', () => {
    const { open } = world()
    const store = open()
    begin(store, operation('o1'))
    const records = [
      { ...operation('o1'), state: 'resolved' as const },
      { ...operation('o2', 'revoke'), state: 'sent' as const },
    ].map((record) => ({
      kind: 'operation' as const,
      operation: record,
      order: { payOrdId: null, charge: CHARGE },
      refund: null,
    }))
    expect(replayJournal(store, records)).toEqual({ operations: 1, callbacks: 0 })
    expect(store.operations.byId('o1')?.state).toBe('resolved')
    expect(store.operations.byId('o2')?.state).toBe('sent')
  })
})
