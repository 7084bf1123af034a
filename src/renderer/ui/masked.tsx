import styles from './ui.module.css'

/** A value that was masked before it came here. Figures of one width, so that two can be compared by eye. */
export function Masked({ text }: { text: string }) {
  // How many characters are hidden is nobody's business and takes room.
  return <span className={styles.masked}>{text.replace(/•{4,}/, '••••')}</span>
}
