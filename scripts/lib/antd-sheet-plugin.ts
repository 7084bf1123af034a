import { antdSheet } from '../../src/renderer/app/antd-sheet.ts'

const NAME = 'antd-sheet.css'

/** As much of the bundler's plugin as this one is. */
interface Plugin {
  readonly name: string
  generateBundle(this: Emitter): void
  readonly transformIndexHtml: {
    readonly order: 'post'
    handler(html: string, page: { readonly filename: string; readonly bundle?: Bundle }): Tag[]
  }
}

interface Emitter {
  emitFile(file: { readonly type: 'asset'; readonly name: string; readonly source: string }): string
}
type Bundle = Readonly<
  Record<string, { readonly type: string; readonly names?: readonly string[]; readonly fileName: string }>
>
interface Tag {
  readonly tag: 'link'
  readonly attrs: Readonly<Record<string, string>>
  readonly injectTo: 'head-prepend'
}

/** Gives a page the styles of Ant Design's components, as the first of its sheets: what ours say as strongly, holds. */
export function antdSheetPlugin(page: string): Plugin {
  return {
    name: 'antd-sheet',
    generateBundle() {
      const source = antdSheet({ dark: false, scale: 100, environment: 'production' })
      this.emitFile({ type: 'asset', name: NAME, source })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { filename, bundle = {} }) {
        if (!filename.endsWith(page)) return []
        const file = Object.values(bundle).find(({ names }) => names?.includes(NAME))
        if (file === undefined) throw new Error('the sheet of Ant Design was not made')
        return [{ tag: 'link', attrs: { rel: 'stylesheet', href: `./${file.fileName}` }, injectTo: 'head-prepend' }]
      },
    },
  }
}
