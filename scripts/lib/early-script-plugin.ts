/** As much of the bundler's plugin as this one is. */
interface Plugin {
  readonly name: string
  readonly transformIndexHtml: {
    readonly order: 'post'
    handler(html: string, page: { readonly filename: string; readonly bundle?: Bundle }): Tag[]
  }
}

type Bundle = Readonly<Record<string, { readonly type: string; readonly name?: string; readonly fileName: string }>>
interface Tag {
  readonly tag: 'script'
  readonly attrs: Readonly<Record<string, string | boolean>>
  readonly injectTo: 'head-prepend'
}

/**
 * Lets a page run the chunk of this name before its entry, which imports it too: a module runs once, and at the first of
 * the two. While developing there are no chunks, and the entry's import alone runs it.
 */
export function earlyScriptPlugin(page: string, chunkName: string): Plugin {
  return {
    name: 'early-script',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { filename, bundle }) {
        if (bundle === undefined || !filename.endsWith(page)) return []
        const chunk = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === chunkName)
        if (chunk === undefined) throw new Error(`no chunk is named ${chunkName}`)
        return [
          {
            tag: 'script',
            attrs: { type: 'module', async: true, src: `./${chunk.fileName}` },
            injectTo: 'head-prepend',
          },
        ]
      },
    },
  }
}
