import { LoadingOutlined } from '@ant-design/icons'
import styles from './ui.module.css'

export function Loading({ words }: { words: string }) {
  return (
    <div className={styles.placeholder} role="status">
      <LoadingOutlined className={styles.placeholderIcon} />
      {words}…
    </div>
  )
}
