import { pages, pictures } from 'virtual:handbook'
import { useEffect, useRef, useState } from 'react'
import { KEYMAP } from '../../lib/keymap.ts'
import { ListBox } from '../../ui/list-box.tsx'
import { HANDBOOK_WORDS } from '../../ui/words/handbook.ts'
import styles from './handbook.module.css'
import type { HandbookBlock, HandbookPage, HandbookRun } from './parse-handbook.ts'

/** The handbook for window staff: its contents for the arrow keys, and beside them the page that they stand on. */
export function HandbookView({ title }: { title: string }) {
  const [shown, setShown] = useState(title)
  const root = useRef<HTMLDivElement>(null)
  const article = useRef<HTMLElement>(null)
  useEffect(() => root.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its beginning.
  useEffect(() => {
    // In new browsers it returns a promise, which is no cleaning up.
    void article.current?.scrollTo(0, 0)
  }, [shown])
  const page = pages.find((one) => one.title === shown) ?? pages[0]
  return (
    <div ref={root} className={styles.handbook} data-testid="handbook">
      <nav className={styles.contents} aria-label={HANDBOOK_WORDS.contents}>
        <ListBox
          label={HANDBOOK_WORDS.contents}
          chooseWords="打开这一页"
          items={pages}
          keyOf={titleOf}
          active={page?.title ?? null}
          chosen={page?.title ?? null}
          onActive={setShown}
          onChoose={setShown}
          renderItem={titleRow}
          testId="handbook-contents"
        />
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be come to by Tab, to be scrolled by keys. */}
      <article ref={article} className={styles.page} tabIndex={0} aria-label={page?.title} data-testid="handbook-page">
        {page !== undefined && <Page page={page} />}
      </article>
    </div>
  )
}

function titleOf({ title }: HandbookPage): string {
  return title
}

function titleRow({ title }: HandbookPage) {
  return <div className={styles.title}>{title}</div>
}

function Page({ page }: { page: HandbookPage }) {
  return (
    <>
      <h2>{page.title}</h2>
      {page.blocks.map((block) => (
        <Block key={JSON.stringify(block)} block={block} />
      ))}
    </>
  )
}

function Block({ block }: { block: HandbookBlock }) {
  switch (block.kind) {
    case 'picture':
      return <img src={pictures[block.file]} alt={block.words} />
    case 'words':
      return (
        <p>
          <Runs runs={block.runs} />
        </p>
      )
    case 'steps':
      return (
        <ol>
          <Items items={block.items} />
        </ol>
      )
    case 'points':
      return (
        <ul>
          <Items items={block.items} />
        </ul>
      )
  }
}

function Items({ items }: { items: readonly (readonly HandbookRun[])[] }) {
  return items.map((runs) => (
    <li key={JSON.stringify(runs)}>
      <Runs runs={runs} />
    </li>
  ))
}

const KEY_LABELS: ReadonlySet<string> = new Set(Object.values(KEYMAP).map(({ label }) => label))

function Runs({ runs }: { runs: readonly HandbookRun[] }) {
  return runs.map(({ text, isStrong }, at) => {
    const key = `${at} ${text}`
    if (!isStrong) return <span key={key}>{text}</span>
    return KEY_LABELS.has(text) ? <kbd key={key}>{text}</kbd> : <strong key={key}>{text}</strong>
  })
}
