import { describe, expect, test } from 'vitest'
import { readInput } from '#shared/contract/problems.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { SECTIONS, type Section, sectionOf } from './setting-fields.ts'
import { changesOf, problemsAt, siteNames, valueAt, withSiteName, withValue } from './settings-draft.ts'

const SAVED = settingsSchema.parse({ environment: 'test', dictionaries: { medType: { '11': '门诊' } } })

describe('a draft', () => {
  test('changes one setting and leaves the rest, and what is in force, as they were', () => {
    const draft = withValue(SAVED, 'listener.port', 9300)
    expect(valueAt(draft, 'listener.port')).toBe(9300)
    expect(valueAt(SAVED, 'listener.port')).toBe(9200)
    expect(withValue(draft, 'listener.port', 9200)).toEqual(SAVED)
  })

  test('takes a setting out, so that its default holds', () => {
    const allowed = withValue(SAVED, 'bills.allowHttp', true)
    expect(withValue(allowed, 'bills.allowHttp', undefined)).toEqual(SAVED)
  })

  test('says old and new of each change in words', () => {
    const draft = withValue(withValue(SAVED, 'environment', 'simulated'), 'listener.allowedCallers', [])
    expect(changesOf(SAVED, draft)).toEqual([
      { path: 'environment', name: '环境', from: '测试', to: '模拟' },
      { path: 'listener.allowedCallers', name: '允许的来源', from: '127.0.0.1', to: '（空）' },
    ])
    expect(changesOf(SAVED, SAVED)).toEqual([])
  })

  test('names codes of the site, also one with a dot or an odd name', () => {
    const draft = withSiteName(withSiteName(SAVED, 'medType', '99.1', '互联网'), 'medType', '11', undefined)
    expect(siteNames(draft, 'medType')).toEqual({ '99.1': '互联网' })
    expect(changesOf(SAVED, draft)).toEqual([
      { path: 'dictionaries.medType', name: '字典 医疗类别 11', from: '门诊', to: '（出厂名称）' },
      { path: 'dictionaries.medType', name: '字典 医疗类别 99.1', from: '（出厂名称）', to: '互联网' },
    ])
    expect(withSiteName(draft, 'medType', '99.1', undefined)).toEqual({ ...SAVED, dictionaries: {} })
  })

  test('has each mistake at its field, those of a list at the list', () => {
    const draft = withValue(SAVED, 'listener.allowedCallers', ['10.0.0.1', 'x', 'y'])
    const read = readInput(settingsSchema, draft)
    const problems = read.ok ? [] : read.problems
    expect(problemsAt(problems, 'listener.allowedCallers')).toEqual([
      '第 2 项应为 IP 地址或网段，如 10.0.0.1 或 10.0.0.0/8',
      '第 3 项应为 IP 地址或网段，如 10.0.0.1 或 10.0.0.0/8',
    ])
    expect(problemsAt(problems, 'listener.port')).toEqual([])
    expect(sectionOf('listener.allowedCallers[1]')).toBe('listener')
  })
})

test('every setting of the schema stands in one section, and only there', () => {
  const sections: readonly Section[] = SECTIONS
  const shown = sections.flatMap(({ fields, more, byChoice }) => [
    ...fields,
    ...(more?.fields ?? []),
    ...Object.values(byChoice?.fields ?? {}).flat(),
  ])
  const { dictionaries: _, ...settings } = { ...SAVED, bills: { ...SAVED.bills, allowHttp: true } }
  expect(shown.toSorted()).toEqual(leaves(settings).toSorted())
})

function leaves(value: object, path = ''): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const isBranch = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    return isBranch ? leaves(inner, `${path}${key}.`) : [`${path}${key}`]
  })
}
