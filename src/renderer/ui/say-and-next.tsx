import { KeyHint } from './key-hint.tsx'
import styles from './say-and-next.module.css'
import type { SaidAndNext } from './words/words.ts'

/** Below a card: the one line for the patient, where there is one, and the next key to press. */
export function SayAndNext({ patient, next }: SaidAndNext) {
  return (
    <footer className={styles.say}>
      {patient !== undefined && (
        <p data-testid="say-to-patient" aria-live="polite">
          <span>对患者说：</span>
          <strong>{patient}</strong>
        </p>
      )}
      <p className={styles.next} data-testid="next-key" data-next={next.key ?? 'none'}>
        <span>下一步：</span>
        {next.key !== null && <KeyHint action={next.key} />} {next.words}
      </p>
    </footer>
  )
}
