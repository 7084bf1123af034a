import styles from './ui.module.css'

/** A part of a text, by characters as JavaScript counts them; `to` is behind the last one. */
export interface Mark {
  readonly from: number
  readonly to: number
}

/** A text whose found parts are marked, so that one sees why it was found. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const pieces = marks.flatMap(({ from, to }, index) => [
    { at: marks[index - 1]?.to ?? 0, words: text.slice(marks[index - 1]?.to ?? 0, from), isMarked: false },
    { at: from, words: text.slice(from, to), isMarked: true },
  ])
  return (
    <>
      {pieces.map(({ at, words, isMarked }) =>
        isMarked ? (
          <mark key={`mark ${at}`} className={styles.mark}>
            {words}
          </mark>
        ) : (
          words
        ),
      )}
      {text.slice(marks.at(-1)?.to ?? 0)}
    </>
  )
}
