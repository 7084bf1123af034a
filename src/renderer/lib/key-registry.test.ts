import { describe, expect, test } from 'vitest'
import { bind, createKeyRegistry, type KeyBindings, type LayerRank } from './key-registry.ts'

// The registry hands the event on and looks at nothing of it.
const EVENT = {} as KeyboardEvent

function world() {
  const registry = createKeyRegistry()
  const ran: string[] = []
  const layer = (rank: LayerRank, bindings: KeyBindings, onRefused?: (reason: string) => void) => ({
    rank,
    bindings,
    onRefused,
  })
  const says = (words: string, off: string | null = null) => bind(words, () => ran.push(words), off)
  return { registry, ran, layer, says }
}

describe('the key registry', () => {
  test('runs what is bound and tells of the very same', () => {
    const { registry, ran, layer, says } = world()
    registry.add(layer('screen', { query: says('查询结果') }))
    expect(registry.press('query', EVENT)).toBe(true)
    expect(registry.press('revoke', EVENT)).toBe(false)
    expect(ran).toEqual(['查询结果'])
    expect(registry.bound().map(({ action, words }) => [action, words])).toEqual([['query', '查询结果']])
  })

  test('runs nothing where there is a reason against it, and keeps the reason to be shown', () => {
    const { registry, ran, layer, says } = world()
    registry.add(layer('screen', { refund: says('退款', '已经全部退款') }))
    expect(registry.press('refund', EVENT)).toBe(true)
    expect(ran).toEqual([])
    expect(registry.refusal()).toEqual({ action: 'refund', words: '退款', reason: '已经全部退款' })
  })

  test('lets a screen say the reason itself', () => {
    const { registry, layer, says } = world()
    const said: string[] = []
    registry.add(layer('screen', { refund: says('退款', '还没有支付') }, (reason) => said.push(reason)))
    registry.press('refund', EVENT)
    expect(said).toEqual(['还没有支付'])
    expect(registry.refusal()).toBeNull()
  })

  test('puts a screen above the frame and that above a list, whichever came later', () => {
    const { registry, ran, layer, says } = world()
    const leave = registry.add(layer('screen', { enter: says('下一位患者') }))
    registry.add(layer('list', { enter: says('选定患者') }))
    registry.press('enter', EVENT)
    leave()
    registry.press('enter', EVENT)
    expect(ran).toEqual(['下一位患者', '选定患者'])
  })

  test('forgets a refusal with the next key and with the screen', () => {
    const { registry, layer, says } = world()
    const leave = registry.add(layer('screen', { print: says('打印', '还没有结清'), query: says('查询') }))
    registry.press('print', EVENT)
    registry.press('query', EVENT)
    expect(registry.refusal()).toBeNull()
    registry.press('print', EVENT)
    leave()
    expect(registry.refusal()).toBeNull()
  })

  test('tells only of what a person would see change', () => {
    const { registry, layer, says } = world()
    const shown = layer('screen', { query: says('查询') })
    registry.add(shown)
    let told = 0
    registry.subscribe(() => {
      told += 1
    })
    const before = registry.bound()
    shown.bindings = { query: says('查询') }
    registry.changed()
    expect(registry.bound()).toBe(before)
    expect(told).toBe(0)
    shown.bindings = { query: says('查询', '正在等待答复') }
    registry.changed()
    expect(told).toBe(1)
    expect(registry.bound()[0]?.off).toBe('正在等待答复')
  })
})
