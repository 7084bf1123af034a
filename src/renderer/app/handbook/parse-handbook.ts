/** A piece of a line; `isStrong`: a key, or what must not be overlooked. */
export interface HandbookRun {
  readonly text: string
  readonly isStrong: boolean
}

export type HandbookBlock =
  | { readonly kind: 'steps' | 'points'; readonly items: readonly (readonly HandbookRun[])[] }
  | { readonly kind: 'words'; readonly runs: readonly HandbookRun[] }
  /** `file`: as the handbook names it, from the folder that it stands in. */
  | { readonly kind: 'picture'; readonly file: string; readonly words: string }

/** One task. */
export interface HandbookPage {
  readonly title: string
  readonly blocks: readonly HandbookBlock[]
}

/**
 * The pages of `docs/handbook.zh-CN.md`: as much of Markdown as it uses. Its introduction and contents are left out.
 * @throws for anything else in it, so that no page is shown with something missing.
 */
export function parseHandbook(text: string): readonly HandbookPage[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((page) => {
      const [title = '', ...lines] = page.trimEnd().split('\n')
      return {
        title,
        blocks: lines
          .join('\n')
          .split(/\n{2,}/)
          .filter(isFilled)
          .map(blockOf),
      }
    })
}

function isFilled(paragraph: string): boolean {
  return paragraph.trim() !== ''
}

function blockOf(paragraph: string): HandbookBlock {
  const text = paragraph.trim()
  const picture = /^!\[([^\]]+)\]\(([^)]+)\)$/.exec(text)
  if (picture !== null) return { kind: 'picture', words: picture[1] ?? '', file: picture[2] ?? '' }
  const lines = text.split('\n')
  if (lines.every((line) => /^\d+\. /.test(line))) return { kind: 'steps', items: lines.map(itemOf) }
  if (lines.every((line) => line.startsWith('- '))) return { kind: 'points', items: lines.map(itemOf) }
  if (/^([-#>|]|\d+\. )|!\[|\]\(/m.test(text)) throw new Error(`the handbook has what its reader cannot show: ${text}`)
  // Chinese lines are joined without a space.
  return { kind: 'words', runs: runsOf(lines.join('')) }
}

function itemOf(line: string): readonly HandbookRun[] {
  return runsOf(line.replace(/^(-|\d+\.) /, ''))
}

function runsOf(line: string): readonly HandbookRun[] {
  return line
    .split('**')
    .map((text, index) => ({ text, isStrong: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
}
