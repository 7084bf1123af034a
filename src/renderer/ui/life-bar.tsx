import styles from './ui.module.css'

/** Time that runs out, as a bar: calm, then amber in the last fifth. */
export function LifeBar({ leftMs, wholeMs, label }: { leftMs: number; wholeMs: number; label: string }) {
  const part = wholeMs <= 0 ? 0 : Math.min(1, Math.max(0, leftMs / wholeMs))
  return (
    <meter className={styles.life} aria-label={label} min={0} max={1} low={0.2} optimum={1} value={part}>
      {Math.round(part * 100)}%
    </meter>
  )
}
