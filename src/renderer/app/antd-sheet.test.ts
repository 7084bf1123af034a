import { expect, it } from 'vitest'
import { antdSheet, STYLED } from './antd-sheet.ts'

const CODE = import.meta.glob<string>(['../**/*.{ts,tsx}', '!./antd-sheet*'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** These draw nothing, or share the style of their whole. */
const WITHOUT_STYLE = ['ConfigProvider', 'theme', 'InputRef', 'Radio.Group']

it('is the same in every look', () => {
  const sheet = antdSheet({ dark: false, scale: 100, environment: 'production' })
  expect(sheet).toContain('.ant-btn')
  expect(antdSheet({ dark: true, scale: 150, environment: 'test' })).toBe(sheet)
})

it('has the style of every component that the window uses', () => {
  const used = Object.values(CODE).flatMap((text) => [...imported(text), ...parts(text)])
  expect(used).toContain('Button')
  expect(used.filter((name) => !STYLED.includes(name) && !WITHOUT_STYLE.includes(name))).toEqual([])
})

function imported(text: string): string[] {
  const names = [...text.matchAll(/import \{([^}]+)\} from 'antd'/g)].flatMap(([, list = '']) => list.split(','))
  return names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
}

function parts(text: string): string[] {
  return [...text.matchAll(/<((?:Button|Input|Radio|Segmented|Select)\.\w+)/g)].map(([, part = '']) => part)
}
