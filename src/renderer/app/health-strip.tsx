import {
  AlertOutlined,
  CheckCircleFilled,
  CloseCircleFilled,
  DisconnectOutlined,
  ExclamationCircleFilled,
  MinusCircleFilled,
} from '@ant-design/icons'
import { type ComponentType, useId } from 'react'
import type { HealthItem, HealthState } from '#shared/contract/session.ts'
import { useApp } from '../lib/feature-store.tsx'
import { hrefFor } from '../lib/navigation.ts'
import { useLinkedScanners } from '../lib/scanner/scan-context.tsx'
import { Age } from '../ui/age.tsx'
import { HEALTH_NAMES, HEALTH_WORDS, SCANNER_LOST } from '../ui/words/desk.ts'
import styles from './layout.module.css'

const ICONS: Readonly<Record<HealthState, ComponentType>> = {
  ok: CheckCircleFilled,
  warn: ExclamationCircleFilled,
  down: CloseCircleFilled,
  idle: MinusCircleFilled,
}
const NAMES = ['centre', 'listener', 'his', 'store'] as const

/** Whether centre, listener, HIS and store work, each by icon and word; the words behind it on hover or focus. */
export function HealthStrip() {
  const health = useApp((state) => state.health)
  const connection = useApp((state) => state.connection)
  if (health === null) return <div className={styles.health} />
  return (
    <div className={styles.health} role="status">
      {connection === 'lost' && (
        <span className={styles.lost} data-testid="connection-lost">
          <DisconnectOutlined /> 与本机程序断开，正在重连
        </span>
      )}
      <LostScanner />
      {NAMES.map((name) => (
        <HealthChip key={name} name={name} item={health[name]} />
      ))}
      <AttentionCount count={health.attentionCount} />
    </div>
  )
}

/** Only for a scanner that is reached without the keyboard: of the others nobody tells when they are gone. */
function LostScanner() {
  const { isLost } = useLinkedScanners()
  if (!isLost) return null
  return (
    <span className={styles.lost} data-testid="scanner-lost">
      <DisconnectOutlined /> {SCANNER_LOST}
    </span>
  )
}

function HealthChip({ name, item }: { name: (typeof NAMES)[number]; item: HealthItem }) {
  const Icon = ICONS[item.state]
  const details = useId()
  return (
    <span className={styles.described}>
      <button
        type="button"
        className={styles.chip}
        aria-describedby={details}
        data-health={item.state}
        data-testid={`health-${name}`}
      >
        <Icon /> {HEALTH_NAMES[name]}
        <b>{HEALTH_WORDS[item.state]}</b>
      </button>
      <span className={styles.details} id={details} role="tooltip">
        {item.words}
        <span className={styles.since}>
          <Age atMs={item.sinceMs} label="自" />
        </span>
      </span>
    </span>
  )
}

function AttentionCount({ count }: { count: number }) {
  return (
    <a className={styles.chip} href={hrefFor('attention')} data-attention={count > 0} data-testid="attention-count">
      <AlertOutlined /> 待处理 <b>{count}</b>
    </a>
  )
}
