import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs'
import { Button, ConfigProvider, Empty, Input, Radio, Segmented, Select } from 'antd'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { antdTheme, type Look } from './theme.ts'

/** One of each component that the window uses; an empty list of choices draws `Empty`. Parts with a style of their own too. */
const USED = {
  Button: createElement(Button),
  Empty: createElement(Empty),
  Input: createElement(Input),
  'Input.TextArea': createElement(Input.TextArea),
  Radio: createElement(Radio.Group, { options: ['一'] }),
  Segmented: createElement(Segmented, { options: ['一'] }),
  Select: createElement(Select, { options: [{ value: '一' }] }),
}

/** What the sheet has the styles of, as the code names it. */
export const STYLED: readonly string[] = Object.keys(USED)

/**
 * The style sheet of Ant Design's components, made once by the build: made at run time by each first drawing it took a
 * tenth of the first load. It is the same in every look, because it names colours and sizes by custom properties, whose
 * values Ant Design still sets at run time. Runs under Node only.
 */
export function antdSheet(look: Look): string {
  const cache = createCache()
  const one = createElement(ConfigProvider, { theme: { ...antdTheme(look), zeroRuntime: false } }, Object.values(USED))
  renderToStaticMarkup(createElement(StyleProvider, { cache }, one))
  return extractStyle(cache, { plain: true, types: ['style'] })
}
