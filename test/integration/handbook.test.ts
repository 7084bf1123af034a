import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseHandbook } from '#renderer/app/handbook/parse-handbook.ts'
import { KEY_ACTIONS, KEYMAP } from '#renderer/lib/keymap.ts'
import { HANDBOOK_TITLES } from '#renderer/ui/words/handbook.ts'
import { ROOT } from '#scripts/lib/project.ts'

const DOCS = join(ROOT, 'docs')
const TEXT = readFileSync(join(DOCS, 'handbook.zh-CN.md'), 'utf8')
const LABELS = KEY_ACTIONS.map((action) => KEYMAP[action].label)
const PAGES = TEXT.split(/^## /m).slice(1)
/** A screen at the size in which most editors and browsers show it; the picture takes the rest. */
const MOST_LINES = 16

/** Everything in the text that looks like a key, marked as one or not. */
const keysIn = (text: string) => [
  ...new Set(text.match(/(?<![\w.])(F\d{1,2}|Alt\+\d|Esc|Enter|↑ ↓|Tab|Ctrl\+\w)(?![\w])/g) ?? []),
]
const imagesIn = (text: string) => [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path)

describe('the handbook for window staff', () => {
  it('names no key that the desk does not have', () => {
    expect(keysIn(TEXT).filter((key) => !LABELS.includes(key))).toEqual([])
    expect(keysIn(TEXT).length).toBeGreaterThan(8)
  })

  it('would not get by with a key or a picture that is not there', () => {
    expect(keysIn('按 **F5** 刷新，或 Ctrl+R').filter((key) => !LABELS.includes(key))).toEqual(['F5', 'Ctrl+R'])
    expect(imagesIn('![x](images/none-1366-light.png)').filter((path) => existsSync(join(DOCS, path)))).toEqual([])
  })

  it('shows pictures that exist', () => {
    expect(imagesIn(TEXT).filter((path) => !existsSync(join(DOCS, path)))).toEqual([])
    expect(imagesIn(TEXT).every((path) => path.endsWith('-1366-light.png'))).toBe(true)
  })

  it('has one short page a task, each in the contents', () => {
    for (const page of PAGES) {
      const [title = '', ...lines] = page.trimEnd().split('\n')
      expect(TEXT, title).toContain(`[${title}](#${title})`)
      expect(lines.filter((line) => line !== '').length, title).toBeLessThanOrEqual(MOST_LINES)
    }
    expect(PAGES).toHaveLength(20)
  })

  it('says on each page when it is for and what can go wrong, under a title of its own', () => {
    for (const page of PAGES) expect(page).toMatch(/\*\*什么时候\*\*[\s\S]+\*\*可能出错\*\*/)
    const titles = PAGES.map((page) => page.split('\n')[0])
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('can be shown by the window, and has every page that the window opens by itself', () => {
    const pages = parseHandbook(TEXT)
    expect(pages.map(({ title }) => title)).toEqual(expect.arrayContaining([...HANDBOOK_TITLES]))
    for (const { title, blocks } of pages) expect(blocks.length, title).toBeGreaterThan(0)
  })
})
