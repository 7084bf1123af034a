import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import styles from './ui.module.css'
import type { Tone } from './words/words.ts'

const ICONS: Readonly<Record<Tone, ComponentType>> = {
  neutral: InfoCircleFilled,
  progress: InfoCircleFilled,
  good: CheckCircleFilled,
  warning: ExclamationCircleFilled,
  bad: CloseCircleFilled,
}

/** A few words in place, with icon and colour; it never covers anything. */
export function Notice({ tone, testId, children }: { tone: Tone; testId?: string; children: ReactNode }) {
  const Icon = ICONS[tone]
  return (
    <div className={styles.notice} data-tone={tone} data-testid={testId} role="status">
      <Icon />
      <div>{children}</div>
    </div>
  )
}
