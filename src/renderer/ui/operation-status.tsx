import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  FileTextOutlined,
  QuestionCircleFilled,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { OperationState } from '#shared/domain/order-view.ts'
import styles from './ui.module.css'
import { OPERATION_STATE_WORDS } from './words/operations.ts'
import type { Tone } from './words/words.ts'

const LOOKS: Readonly<Record<OperationState, { readonly icon: ComponentType; readonly tone: Tone }>> = {
  prepared: { icon: FileTextOutlined, tone: 'neutral' },
  sent: { icon: ClockCircleFilled, tone: 'progress' },
  succeeded: { icon: CheckCircleFilled, tone: 'good' },
  failed: { icon: CloseCircleFilled, tone: 'bad' },
  unknown: { icon: QuestionCircleFilled, tone: 'warning' },
  resolved: { icon: CheckCircleFilled, tone: 'neutral' },
}

/** What became of something that was sent to the centre, by icon, word and colour. */
export function OperationStatus({ state }: { state: OperationState }) {
  const { icon: Icon, tone } = LOOKS[state]
  return (
    <span className={styles.status} data-tone={tone} data-state={state}>
      <Icon />
      {OPERATION_STATE_WORDS[state]}
    </span>
  )
}
