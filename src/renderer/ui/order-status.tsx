import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  CloudUploadOutlined,
  ExclamationCircleFilled,
  FileTextOutlined,
  MobileOutlined,
  PieChartFilled,
  QuestionCircleFilled,
  RollbackOutlined,
  StopOutlined,
  WarningFilled,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { LegState, OrderState } from '#shared/domain/order-status.ts'
import styles from './ui.module.css'
import { LEG_WORDS, STATE_WORDS } from './words/states.ts'
import type { Tone } from './words/words.ts'

const STATE_ICONS: Readonly<Record<OrderState, ComponentType>> = {
  created: FileTextOutlined,
  uploaded: CloudUploadOutlined,
  paying: MobileOutlined,
  settled: CheckCircleFilled,
  partlySettled: PieChartFilled,
  revoked: StopOutlined,
  failed: CloseCircleFilled,
  refunding: ClockCircleFilled,
  partlyRefunded: PieChartFilled,
  refunded: RollbackOutlined,
  unknown: QuestionCircleFilled,
  suspense: WarningFilled,
}

/** The state of an order by icon, word and colour; never by colour alone. */
export function OrderStatus({ state, size, testId }: { state: OrderState; size?: 'large'; testId?: string }) {
  const Icon = STATE_ICONS[state]
  const { name, tone } = STATE_WORDS[state]
  return (
    <span className={styles.status} data-tone={tone} data-size={size} data-state={state} data-testid={testId}>
      <Icon />
      {name}
    </span>
  )
}

const LEG_TONES: Readonly<Record<LegState, Tone>> = {
  none: 'neutral',
  open: 'progress',
  paid: 'good',
  partlyRefunded: 'warning',
  refunded: 'neutral',
  failed: 'bad',
  unknown: 'warning',
}
const LEG_ICONS: Readonly<Record<LegState, ComponentType>> = {
  none: StopOutlined,
  open: ClockCircleFilled,
  paid: CheckCircleFilled,
  partlyRefunded: PieChartFilled,
  refunded: RollbackOutlined,
  failed: CloseCircleFilled,
  unknown: QuestionCircleFilled,
}

/** One leg of an order, insurance or cash, by icon, word and colour. `absent`: this kind of settlement has no such leg. */
export function LegStatus({ state, absent = false }: { state: LegState; absent?: boolean }) {
  const Icon = LEG_ICONS[state]
  return (
    <span className={styles.status} data-tone={LEG_TONES[state]} data-state={state}>
      <Icon />
      {absent ? '不涉及' : LEG_WORDS[state]}
    </span>
  )
}

/** Says that a person must look at this order. */
export function AttentionMark() {
  return (
    <span className={styles.attention} title="需要处理">
      <ExclamationCircleFilled aria-label="需要处理" />
    </span>
  )
}
