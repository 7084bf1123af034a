import Big from 'big.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { addFen, sumYuanTextsToFen } from '#shared/domain/money.ts'
import { dayOf, parseWireTime } from '#shared/domain/time.ts'
import { hisParts } from '#test/support/his-parts.ts'
import { createHisSource } from './create-his-source.ts'
import type { HisCharge } from './his-source.ts'
import { SIMULATED_PATIENTS } from './simulator-patients.ts'
import { createSimulatorSource } from './simulator-source.ts'

const AFTERNOON = parseWireTime('2026-11-23 15:00:00') ?? 0
const NOTHING_PAID = { resultTaken: () => false }
const NIGHT = parseWireTime('2026-11-24 00:07:00') ?? 0

async function chargesAt(nowMs: number, idNo?: string): Promise<readonly HisCharge[]> {
  const answer = await createSimulatorSource('H99010100001', { now: () => nowMs }, NOTHING_PAID).pendingCharges({
    idNo,
  })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** Interface 2.1, the rows marked Y. */
const REQUIRED =
  'orgCodg medOrgOrd idNo userName iptOtpNo deptName caty medType feeType medfeeSumamt acctUsedFlag psnSetlway chrgBchno'
const REQUIRED_OF_DIAGNOSIS = 'diagType diagSrtNo diagCode diagName diagDept diseDorNo diseDorName diagTime valiFlag'
const REQUIRED_OF_LINE =
  'feedetlSn chrgBchno rxCircFlag feeOcurTime medListCodg medinsListCodg detItemFeeSumamt cnt pric bilgDeptCodg ' +
  'bilgDeptName bilgDrCodg bilgDrName hospApprFlag medType medListName medListSpc'

describe('every simulated charge', async () => {
  const charges = (await chargesAt(AFTERNOON)).map((charge) => [charge.detail.userName, charge] as const)

  it.each(charges)('of %s has a total that is the exact sum of its lines, rounded once', (_name, { detail }) => {
    const sum = sumYuanTextsToFen(detail.feedetailList.map((line) => line.detItemFeeSumamt))
    expect(addFen(detail.medfeeSumamt, detail.outOfMIFee ?? detail.medfeeSumamt)).toBe(sum)
    for (const line of detail.feedetailList) {
      expect(new Big(line.pric).times(line.cnt).round(6, Big.roundHalfUp).toFixed(6)).toBe(line.detItemFeeSumamt)
    }
  })

  it.each(charges)('of %s carries what 2.1 requires, amounts as text with their digits', (_name, { detailJson }) => {
    const data = JSON.parse(detailJson)
    const missing = (object: Record<string, unknown>, names: string) =>
      names.split(' ').filter((name) => object[name] === undefined || object[name] === '')
    expect(missing(data, REQUIRED)).toEqual([])
    for (const diagnosis of data.diseinfoList) expect(missing(diagnosis, REQUIRED_OF_DIAGNOSIS)).toEqual([])
    for (const line of data.feedetailList) {
      expect(missing(line, REQUIRED_OF_LINE)).toEqual([])
      expect([line.cnt, line.pric, line.detItemFeeSumamt]).toEqual([
        expect.stringMatching(/^\d+\.\d{4}$/),
        expect.stringMatching(/^\d+\.\d{6}$/),
        expect.stringMatching(/^\d+\.\d{6}$/),
      ])
    }
    expect(data.medfeeSumamt).toMatch(/^\d+\.\d{2}$/)
    expect(data.orgCodg).toBe('H99010100001')
  })

  it('belongs to an invented person with a valid check digit', () => {
    for (const { idNo } of SIMULATED_PATIENTS) expect([idNo.slice(0, 2), checkDigit(idNo)]).toEqual(['99', idNo.at(-1)])
    expect(checkDigit('990101198803071029')).not.toBe('9')
  })

  it('has a number of its own', () => {
    const numbers = charges.map(([, { detail }]) => detail.medOrgOrd)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers[0]).toBe('MZ20261123000101')
  })
})

describe('together they exercise', async () => {
  const details = (await chargesAt(AFTERNOON)).map(({ detail }) => detail)
  const totals = details.map(({ medfeeSumamt, outOfMIFee }) => medfeeSumamt + (outOfMIFee ?? 0))

  it('one fen, more than 100,000 yuan, wholly self-paid, prepaid for a part and for all', () => {
    expect(Math.min(...totals)).toBe(1)
    expect(Math.max(...totals)).toBeGreaterThan(10_000_000)
    expect(details.some(({ medfeeSumamt, outOfMIFee }) => medfeeSumamt === 0 && (outOfMIFee ?? 0) > 0)).toBe(true)
    const prepaid = details.map(({ prePaidBalc }, index) => (prePaidBalc ?? 0) - (totals[index] ?? 0))
    expect(prepaid.some((left) => left > 0)).toBe(true)
    expect(details.some(({ prePaidBalc }, index) => (prePaidBalc ?? 0) > 0 && (prepaid[index] ?? 0) < 0)).toBe(true)
  })

  it('a sum that differs from the sum of rounded lines', () => {
    const roundedFirst = (texts: readonly string[]) =>
      texts
        .reduce((sum, text) => sum.plus(new Big(text).round(2, Big.roundHalfUp)), new Big(0))
        .times(100)
        .toNumber()
    const differs = details.filter(
      ({ feedetailList }, index) => roundedFirst(feedetailList.map((line) => line.detItemFeeSumamt)) !== totals[index],
    )
    expect(differs.map(({ userName }) => userName)).toContain('林小满')
  })

  it('one to sixty lines, several diagnoses, long names', () => {
    const lines = details.map(({ feedetailList }) => feedetailList.length)
    expect([Math.min(...lines), Math.max(...lines)]).toEqual([1, 60])
    expect(Math.max(...details.map(({ diseinfoList }) => diseinfoList.length))).toBeGreaterThanOrEqual(4)
    expect(Math.max(...details.map(({ userName }) => userName.length))).toBeGreaterThan(10)
    expect(Math.max(...details.map(({ deptName }) => deptName.length))).toBeGreaterThan(20)
  })
})

describe('a day of the simulated hospital', () => {
  it('is the same after a restart, and another the day after', async () => {
    const first = await chargesAt(AFTERNOON)
    expect(await chargesAt(AFTERNOON + 3_600_000)).toEqual(first)
    const next = await chargesAt(AFTERNOON + 24 * 3_600_000)
    expect(next[0]?.detail.medOrgOrd).toBe('MZ20261124000101')
  })

  it.each([AFTERNOON, NIGHT])('has no visit in the future, and none of the day before (%i)', async (nowMs) => {
    for (const { detail } of await chargesAt(nowMs)) {
      expect(detail.begntime?.atMs).toBeLessThanOrEqual(nowMs)
      expect(dayOf(detail.begntime?.atMs ?? 0)).toBe(dayOf(nowMs))
    }
  })

  it('does not change a charge while the morning goes on', async () => {
    let nowMs = NIGHT
    const source = createSimulatorSource('H99010100001', { now: () => nowMs }, NOTHING_PAID)
    const before = await source.charge('MZ20261124000101')
    nowMs += 3_600_000
    expect(await source.charge('MZ20261124000101')).toEqual(before)
  })

  it('finds the charges of one person', async () => {
    const found = await chargesAt(AFTERNOON, ' 990102196209180116 ')
    expect(found.map(({ detail }) => detail.medOrgOrd)).toEqual(['MZ20261123000102', 'MZ20261123000103'])
    expect((await chargesAt(AFTERNOON, '99010119880307102x')).map(({ detail }) => detail.userName)).toEqual(['林小满'])
    expect(await chargesAt(AFTERNOON, '990102196209180117')).toEqual([])
  })

  it('finds one charge, also of the day before, and none that cannot be', async () => {
    const source = createSimulatorSource('H99010100001', { now: () => NIGHT }, NOTHING_PAID)
    const names = async (medOrgOrd: string) => {
      const answer = await source.charge(medOrgOrd)
      return answer.ok ? answer.value?.detail.userName : 'failed'
    }
    expect(await names('MZ20261124000101')).toBe('林小满')
    expect(await names('MZ20261123000105')).toBe('沈砚秋')
    for (const no of ['MZ20261125000101', 'MZ20261123000999', 'MZ20261323000101', 'P32165835646', '']) {
      expect(await names(no)).toBeUndefined()
    }
  })
})

describe('createHisSource', () => {
  const clock = { now: () => AFTERNOON }
  const his = { folder: { inbox: '/nowhere/in', outbox: '/out' }, http: { baseUrl: 'http://127.0.0.1:9' } }

  it('takes the institution from the settings', async () => {
    const settings = settingsSchema.parse({ environment: 'test', centre: { appId: 'A', orgCodg: 'H4101002252' } })
    const answer = await createHisSource(settings, hisParts({ clock })).charge('MZ20261123000101')
    expect(answer).toMatchObject({ ok: true, value: { detail: { orgCodg: 'H4101002252' } } })
  })

  it.each(['folder', 'http'] as const)('%s that cannot be reached is an expected failure in words', async (source) => {
    const settings = settingsSchema.parse({ environment: 'test', his: { ...his, source } })
    const chosen = createHisSource(settings, hisParts({ clock }))
    onTestFinished(() => chosen.close())
    const expected = { ok: false, error: { code: 'HIS_UNREACHABLE', message: expect.stringMatching(/文件夹|连不上/) } }
    expect(await chosen.pendingCharges({})).toMatchObject(expected)
    expect(await chosen.charge('MZ20261123000101')).toMatchObject(expected)
  })

  it('what was paid waits no longer, and is found by its number', async () => {
    const paid = 'MZ20261123000101'
    const source = createSimulatorSource('H99010100001', clock, { resultTaken: (number) => number === paid })
    const waiting = await source.pendingCharges({})
    const all = await chargesAt(AFTERNOON)
    expect(waiting.ok && waiting.value.length).toBe(all.length - 1)
    expect(await source.charge(paid)).toMatchObject({ ok: true, value: { detail: { medOrgOrd: paid } } })
  })
})

function checkDigit(idNo: string): string | undefined {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(idNo[index]), 0)
  return '10X98765432'[sum % 11]
}
