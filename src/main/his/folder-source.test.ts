import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringifyJson } from '#shared/centre/json.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import { aDearerDetail, aFeeDetail, aFeeDetailText, ORG_CODG } from '#test/support/his-files.ts'
import { folderChargesInMemory } from '#test/support/his-parts.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { createFolderSource } from './folder-source.ts'

const NUMBER = 'MZ20261123000101'

/** A folder source whose looks are made by the test. */
function folderWorld() {
  const dir = tempDir()
  const inbox = join(dir, 'in')
  const outbox = join(dir, 'out')
  mkdirSync(inbox)
  mkdirSync(outbox)
  let nowMs = 1_000_000
  let state: OrderState = 'created'
  let tick: () => void = () => undefined
  const states: (string | undefined)[] = []
  const charges = folderChargesInMemory()
  const source = createFolderSource({
    inbox,
    outbox,
    orgCodg: ORG_CODG,
    clock: { now: () => nowMs },
    memory: { orderState: () => state, folderCharges: charges },
    onTrouble: (trouble) => states.push(trouble?.words),
    report: (error) => {
      throw error
    },
    every: (_ms, run) => {
      tick = run
      return () => undefined
    },
  })
  onTestFinished(() => source.close())
  /** One look a second, each to its end. */
  const look = async (times = 2) => {
    await source.close()
    for (let done = 0; done < times; done += 1) {
      nowMs += 1_000
      tick()
      await source.close()
    }
  }
  return {
    inbox,
    outbox,
    source,
    states,
    look,
    orderIs: (now: OrderState) => {
      state = now
    },
    pass: (ms: number) => {
      nowMs += ms
    },
    drop: (name: string, text: string | Buffer) => writeFileSync(join(inbox, name), text),
    files: (folder = '') =>
      readdirSync(join(inbox, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : [],
      ),
    reason: (name: string) => readFileSync(join(inbox, 'rejected', `${name}.reason.txt`), 'utf8'),
    pending: async () => {
      const answer = await source.pendingCharges({})
      if (!answer.ok) throw new Error(answer.error.message)
      return answer.value
    },
  }
}

describe('the inbox', () => {
  it('takes a file that two looks found unchanged, every digit as it came, and moves it to done', async () => {
    const world = folderWorld()
    const text = await aFeeDetailText()
    world.drop('a.json', text)
    await world.look(1)
    expect(world.files()).toEqual(['a.json'])
    await world.look(1)
    const [charge] = await world.pending()
    expect(charge?.detailJson).toBe(text)
    expect(world.files()).toEqual([])
    expect(world.files('done')).toEqual(['a.json'])
    expect(await world.source.charge(NUMBER)).toMatchObject({ ok: true, value: { detail: { medOrgOrd: NUMBER } } })
  })

  it('takes the whole reply of 2.1 too, and a byte order mark', async () => {
    const world = folderWorld()
    world.drop('a.json', `\uFEFF{"code":1,"message":"成功","data":${await aFeeDetailText()}}`)
    await world.look()
    expect((await world.pending())[0]?.detailJson).toBe(await aFeeDetailText())
  })

  it('never reads a half-written file, however long its writer pauses below the patience', async () => {
    const world = folderWorld()
    const text = await aFeeDetailText()
    const half = Math.floor(text.length / 2)
    world.drop('a.json', text.slice(0, half))
    await world.look(4)
    expect(await world.pending()).toEqual([])
    expect(world.files()).toEqual(['a.json'])
    appendFileSync(join(world.inbox, 'a.json'), text.slice(half))
    await world.look()
    expect(await world.pending()).toHaveLength(1)
    expect(existsSync(join(world.inbox, 'rejected'))).toBe(false)
  })

  it('control: half a file that nobody goes on writing is moved aside with the reason', async () => {
    const world = folderWorld()
    world.drop('a.json', (await aFeeDetailText()).slice(0, 100))
    await world.look(8)
    expect(world.files('rejected')).toEqual(['a.json', 'a.json.reason.txt'])
    expect(world.reason('a.json')).toContain('JSON')
  })

  it('lets names alone that say "not yet", until they are renamed', async () => {
    const world = folderWorld()
    const text = await aFeeDetailText()
    for (const name of ['a.json.tmp', 'b.part', '.c.json']) world.drop(name, text)
    await world.look(8)
    expect(world.files()).toHaveLength(3)
    expect(await world.pending()).toEqual([])
    renameSync(join(world.inbox, 'b.part'), join(world.inbox, 'b.json'))
    await world.look()
    expect(await world.pending()).toHaveLength(1)
  })

  it.each([
    ['a missing field', async () => stringifyJson({ ...(await aFeeDetail()), userName: undefined }), 'userName'],
    ['an amount that is none', async () => aFeeDetailText({ medfeeSumamt: '12,00' }), 'medfeeSumamt'],
    ['another institution', async () => aFeeDetailText({ orgCodg: 'H00000000000' }), 'orgCodg'],
    ['a number with a blank', async () => aFeeDetailText({ medOrgOrd: 'MZ 1' }), 'medOrgOrd'],
    ['a refusal', async () => '{"code":0,"message":"没有"}', 'code'],
    ['a list', async () => '[]', 'JSON 对象'],
  ])('moves a file with %s aside; the reason names the field and no value', async (_what, text, field) => {
    const world = folderWorld()
    const content = await text()
    world.drop('bad.json', content)
    await world.look()
    expect(world.files('rejected')).toEqual(['bad.json', 'bad.json.reason.txt'])
    expect(world.reason('bad.json')).toContain(field)
    for (const value of ['测试', '林小满', '99010119880307102X', '12,00', 'H00000000000']) {
      expect(world.reason('bad.json')).not.toContain(value)
    }
    expect(readFileSync(join(world.inbox, 'rejected', 'bad.json'), 'utf8')).toBe(content)
    expect(await world.pending()).toEqual([])
  })

  it('does not read what is larger than any charge, nor what is not UTF-8', async () => {
    const world = folderWorld()
    world.drop('large.json', Buffer.alloc(2 * 1024 * 1024 + 1, 0x20))
    world.drop('gbk.json', Buffer.from([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x3a, 0x31, 0x7d]))
    await world.look(8)
    expect(world.reason('large.json')).toContain('2 MB')
    expect(world.reason('gbk.json')).toContain('UTF-8')
  })

  it('the same file twice is one charge', async () => {
    const world = folderWorld()
    const text = await aFeeDetailText()
    world.drop('a.json', text)
    await world.look()
    world.drop('a.json', text)
    world.drop('b.json', text)
    await world.look()
    expect(await world.pending()).toHaveLength(1)
    expect(world.files('done').sort()).toEqual(['a.json', 'a.json.2', 'b.json'])
  })

  it.each([
    ['created', true],
    ['uploaded', true],
    ['settled', false],
    ['suspense', false],
  ] as const)('other content for the same number while the order is %s: replaces %s', async (state, replaces) => {
    const world = folderWorld()
    world.drop('a.json', await aFeeDetailText())
    await world.look()
    world.orderIs(state)
    world.drop('b.json', stringifyJson(await aDearerDetail()))
    await world.look()
    const [charge] = await world.pending()
    expect(charge?.detailJson === (await aFeeDetailText())).toBe(!replaces)
    expect(world.files(replaces ? 'done' : 'rejected')).toContain('b.json')
    if (!replaces) expect(world.reason('b.json')).toContain('已支付')
  })

  it('waits with other content while nobody knows whether the upload arrived', async () => {
    const world = folderWorld()
    world.drop('a.json', await aFeeDetailText())
    await world.look()
    world.orderIs('unknown')
    world.drop('b.json', stringifyJson(await aDearerDetail()))
    await world.look(3)
    expect(world.files()).toEqual(['b.json'])
    world.orderIs('uploaded')
    await world.look(1)
    expect(world.files()).toEqual([])
  })

  it('a withdrawn charge is gone; one that was uploaded is not withdrawn', async () => {
    const world = folderWorld()
    world.drop('a.json', await aFeeDetailText())
    await world.look()
    world.orderIs('uploaded')
    world.drop('w1.json', `{"medOrgOrd":"${NUMBER}","withdrawn":true}`)
    await world.look()
    expect(world.reason('w1.json')).toContain('medOrgOrd')
    expect(await world.pending()).toHaveLength(1)
    world.orderIs('created')
    world.drop('w2.json', `{"medOrgOrd":"${NUMBER}","withdrawn":true}`)
    await world.look()
    expect(await world.pending()).toEqual([])
    expect(await world.source.charge(NUMBER)).toEqual({ ok: true, value: undefined })
  })

  it('says when the folder is away, with every answer and unasked, and when it is back', async () => {
    const world = folderWorld()
    await world.look()
    rmSync(world.inbox, { recursive: true })
    await world.look()
    const refused = {
      ok: false,
      error: { code: 'HIS_UNREACHABLE', message: expect.stringContaining('his.folder.inbox') },
    }
    expect(await world.source.pendingCharges({})).toMatchObject(refused)
    expect(await world.source.charge(NUMBER)).toMatchObject(refused)
    mkdirSync(world.inbox)
    await world.look()
    expect(world.states).toEqual([undefined, expect.stringContaining('文件夹'), undefined])
    expect((await world.source.pendingCharges({})).ok).toBe(true)
  })

  it('a file that cannot be moved away is taken once, said, and moved when it can be', async () => {
    const world = folderWorld()
    writeFileSync(join(world.inbox, 'done'), 'a file in the place of the folder')
    world.drop('a.json', await aFeeDetailText())
    await world.look()
    expect(world.states.at(-1)).toContain('移走')
    expect(await world.pending()).toHaveLength(1)
    rmSync(join(world.inbox, 'done'))
    await world.look()
    expect(world.files('done')).toEqual(['a.json'])
    expect(await world.pending()).toHaveLength(1)
  })
})

describe('the outbox', () => {
  const RESULT = { resultId: '00000000-0000-7000-8000-000011112222', medOrgOrd: NUMBER, seq: 1, body: '{"a":1}' }

  it('gets one whole file a result; the same result again changes nothing; the charge waits no longer', async () => {
    const world = folderWorld()
    world.drop('a.json', await aFeeDetailText())
    await world.look()
    expect((await world.source.writeResult(RESULT)).ok).toBe(true)
    expect((await world.source.writeResult(RESULT)).ok).toBe(true)
    expect(readdirSync(world.outbox)).toEqual([`${NUMBER}-1.json`])
    expect(readFileSync(join(world.outbox, `${NUMBER}-1.json`), 'utf8')).toBe('{"a":1}')
    expect(await world.pending()).toEqual([])
    expect(await world.source.charge(NUMBER)).toMatchObject({ ok: true, value: { detail: { medOrgOrd: NUMBER } } })
  })

  it('never overwrites what somebody else put there', async () => {
    const world = folderWorld()
    writeFileSync(join(world.outbox, `${NUMBER}-1.json`), 'another')
    await world.source.writeResult(RESULT)
    expect(readdirSync(world.outbox).sort()).toEqual([`${NUMBER}-1-11112222.json`, `${NUMBER}-1.json`])
    expect(readFileSync(join(world.outbox, `${NUMBER}-1.json`), 'utf8')).toBe('another')
  })

  it('an order number that is no file name stays inside the folder', async () => {
    const world = folderWorld()
    await world.source.writeResult({ ...RESULT, medOrgOrd: '../a:b*' })
    expect(readdirSync(world.outbox)).toEqual(['%2E.%2Fa%3Ab%2A-1.json'])
  })

  it('a folder that is missing is an expected failure in words', async () => {
    const world = folderWorld()
    rmSync(world.outbox, { recursive: true })
    const refused = { ok: false, error: { message: expect.stringContaining('his.folder.outbox') } }
    expect(await world.source.writeResult(RESULT)).toMatchObject(refused)
  })
})
