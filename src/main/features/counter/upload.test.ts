import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { CentreOutcome } from '#main/centre-client/centre-client.ts'
import { connect } from '#main/store/open.ts'
import { openStore } from '#main/store/store.ts'
import { readFeeDetail } from '#shared/centre/fee-detail.ts'
import { stringifyJson } from '#shared/centre/json.ts'
import type { UploadFeesReply } from '#shared/centre/upload-fees.ts'
import { ok } from '#shared/domain/result.ts'
import { aFeeDetail } from '#test/support/his-files.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { ScanMemory } from './scan-memory.ts'
import { uploadFees } from './upload.ts'

const LOST: CentreOutcome<UploadFeesReply> = {
  outcome: 'unknown',
  reason: 'timeout',
  words: '没有等到答复',
  exchange: { startedAtMs: 1, elapsedMs: 2, status: null, replyBody: null },
}

const nothing = (): void => undefined

/** A charge that nobody has uploaded yet, at a counter whose centre looks at the database when a request comes. */
async function world() {
  const path = join(tempDir(), 'cashier.db')
  const clock = { now: () => 1_000_000 }
  const opened = openStore({ path }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  onTestFinished(() => store.close())
  const data = await aFeeDetail({ medOrgOrd: 'MZ1' })
  const read = readFeeDetail(data)
  if (!read.ok) throw new Error('not a charge')
  const seen: unknown[] = []
  const besides = connect({ path }, { readonly: true })
  onTestFinished(() => void besides.close())
  const upload = ({ requestId = 'r1', onOrderOpened = nothing } = {}) =>
    uploadFees(
      {
        ...{ store, clock, payWithinMs: 60_000, scans: new ScanMemory(clock, 60_000), onOrderOpened },
        fetchCharge: async () => ok({ detail: read.value, detailJson: stringifyJson(data) }),
        centre: {
          uploadFees: async () => {
            seen.push(besides.prepare('SELECT med_org_ord, state FROM operation').all())
            return LOST
          },
        },
      },
      { requestId, medOrgOrd: 'MZ1', operatorName: '值班' },
    )
  return { store, upload, seen, commits: () => besides.pragma('data_version', { simple: true }) }
}

it('nothing is sent before it is committed, and that in one commit with the order that it opens', async () => {
  const { upload, seen, commits } = await world()
  const before = Number(commits())
  await upload({ onOrderOpened: () => expect(commits()).toBe(before) })
  expect(seen).toEqual([[{ med_org_ord: 'MZ1', state: 'sent' }]])
})

it('an upload that cannot be journalled leaves no order behind, and nothing is sent', async () => {
  const { store, upload, seen } = await world()
  store.operations.insert = () => {
    throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })
  }
  await expect(upload()).rejects.toThrow('disk full')
  expect(store.book.find('MZ1')).toBeUndefined()
  expect(seen).toEqual([])
})

it('of two uploads of one charge the second is refused while nobody knows what came of the first', async () => {
  const { upload, seen } = await world()
  expect(await upload()).toMatchObject({ ok: true, value: { state: 'unknown' } })
  expect(await upload({ requestId: 'r2' })).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
  expect(seen).toHaveLength(1)
})
