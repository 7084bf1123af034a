import { InboxOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import styles from './ui.module.css'

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.placeholder}>
      <InboxOutlined className={styles.placeholderIcon} />
      <strong>{title}</strong>
      {children !== undefined && <div>{children}</div>}
    </div>
  )
}
