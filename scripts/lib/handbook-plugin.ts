import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HandbookPage, parseHandbook } from '../../src/renderer/app/handbook/parse-handbook.ts'

const ID = 'virtual:handbook'
const RESOLVED = `\0${ID}`

/** As much of the bundler's plugin as this one is. */
interface Plugin {
  readonly name: string
  resolveId(id: string): string | undefined
  load(this: { addWatchFile(file: string): void }, id: string): string | undefined
}

/** Builds the handbook for window staff into the window, with the pictures that it shows, so that it is there offline. */
export function handbookPlugin(docs: string): Plugin {
  const file = join(docs, 'handbook.zh-CN.md')
  return {
    name: 'handbook',
    resolveId: (id) => (id === ID ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined
      this.addWatchFile(file)
      return moduleOf(docs, parseHandbook(readFileSync(file, 'utf8')))
    },
  }
}

function moduleOf(docs: string, pages: readonly HandbookPage[]): string {
  const files = pages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'picture' ? [block.file] : [])))
  const imports = files.map((file, index) => `import p${index} from ${JSON.stringify(`${join(docs, file)}?url`)}`)
  const entries = files.map((file, index) => `${JSON.stringify(file)}: p${index}`)
  return [
    ...imports,
    `export const pages = ${JSON.stringify(pages)}`,
    `export const pictures = { ${entries.join(', ')} }`,
  ].join('\n')
}
