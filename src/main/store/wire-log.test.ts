import { describe, expect, it, onTestFinished } from 'vitest'
import type { WireDrift } from '#shared/centre/wire-drift.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { openStore, type Store } from './store.ts'

function openedStore(): Store {
  const opened = openStore({ path: `${tempDir()}/a.db` }, { now: () => 1 })
  if (!opened.ok) throw new Error(opened.error.words)
  onTestFinished(() => opened.value.close())
  return opened.value
}

const unknownField = (path: string, sample = '"9"'): WireDrift => ({ kind: 'unknownField', path, sample })

describe('drift', () => {
  it('is counted by interface with first and last time and its first sample', () => {
    const { wireLog } = openedStore()
    wireLog.countDrift('1.3', [unknownField('data.new'), { kind: 'missingField', path: 'data.extData' }], 10)
    wireLog.countDrift('1.3', [unknownField('data.new', '"aaa"')], 20)
    wireLog.countDrift('2.2', [unknownField('data.new')], 30)
    const row = { kind: 'unknownField', path: 'data.new', sample: '"9"' }
    expect(wireLog.drift()).toEqual([
      { interfaceId: '1.3', ...row, times: 2, firstAtMs: 10, lastAtMs: 20 },
      {
        ...{ interfaceId: '1.3', kind: 'missingField', path: 'data.extData', sample: null },
        ...{ times: 1, firstAtMs: 10, lastAtMs: 10 },
      },
      { interfaceId: '2.2', ...row, times: 1, firstAtMs: 30, lastAtMs: 30 },
    ])
  })

  it('a far side that invents a field a message does not fill the disk, and what is known is counted on', () => {
    const { wireLog } = openedStore()
    for (let message = 0; message < 40; message += 1) {
      const invented = Array.from({ length: 50 }, (_, index) => unknownField(`x${message}_${index}`))
      wireLog.countDrift('2.2', invented, message)
    }
    wireLog.countDrift('2.2', [unknownField('x0_0')], 99)
    wireLog.countDrift('1.3', [unknownField('x')], 99)
    const rows = wireLog.drift()
    expect(rows.filter((row) => row.interfaceId === '2.2')).toHaveLength(500)
    expect(rows.find((row) => row.path === 'x0_0')).toMatchObject({ times: 2, lastAtMs: 99 })
    expect(rows.filter((row) => row.interfaceId === '1.3')).toHaveLength(1)
    expect(wireLog.clearDrift()).toBe(501)
    expect(wireLog.drift()).toEqual([])
  })
})
