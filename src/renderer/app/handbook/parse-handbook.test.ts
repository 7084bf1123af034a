import { expect, test } from 'vitest'
import { parseHandbook } from './parse-handbook.ts'

const TEXT = `# 手册

[第一页](#第一页)

## 第一页

按 **F4** 查询，
再等。

1. 一
2. **二**

- 三

![图](images/a.png)

## 第二页
`

test('the handbook is read into its pages, without introduction and contents', () => {
  expect(parseHandbook(TEXT)).toEqual([
    {
      title: '第一页',
      blocks: [
        {
          kind: 'words',
          runs: [
            { text: '按 ', isStrong: false },
            { text: 'F4', isStrong: true },
            { text: ' 查询，再等。', isStrong: false },
          ],
        },
        { kind: 'steps', items: [[{ text: '一', isStrong: false }], [{ text: '二', isStrong: true }]] },
        { kind: 'points', items: [[{ text: '三', isStrong: false }]] },
        { kind: 'picture', words: '图', file: 'images/a.png' },
      ],
    },
    { title: '第二页', blocks: [] },
  ])
})

test.each(['| 表 | 格 |', '### 小标题', '见 [别处](other.md)', '- 一\n没有点'])('%s is refused', (line) => {
  expect(() => parseHandbook(`## 页\n\n${line}\n`)).toThrow('the handbook has')
})
