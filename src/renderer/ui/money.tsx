import { type Fen, formatYuan } from '#shared/domain/money.ts'
import styles from './ui.module.css'

/** An amount in yuan: two decimals, tabular figures. `null` means that nobody has told it yet, which is not zero. */
export function Money({ fen, sign = false, size }: { fen: Fen | null; sign?: boolean; size?: 'large' | 'huge' }) {
  if (fen === null) return <span className={styles.untold}>—</span>
  return (
    <span className={styles.money} data-size={size}>
      {sign && <span className={styles.currency}>¥</span>}
      {formatYuan(fen)}
    </span>
  )
}
