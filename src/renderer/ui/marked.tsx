import { Fragment } from 'react'
import styles from './ui.module.css'

/** A part of a text, by characters as JavaScript counts them; `to` is behind the last one. */
export interface Mark {
  readonly from: number
  readonly to: number
}

/** A text whose found parts are marked, so that one sees why it was found. Of parts that overlap the first counts. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  if (marks.length === 0) return text
  const found = marks
    .toSorted((left, right) => left.from - right.from)
    .filter(({ from }, index, all) => index === 0 || from >= (all[index - 1]?.to ?? 0))
  return (
    <>
      {found.map(({ from, to }, index) => (
        <Fragment key={from}>
          {text.slice(found[index - 1]?.to ?? 0, from)}
          <mark className={styles.mark}>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(found.at(-1)?.to)}
    </>
  )
}
