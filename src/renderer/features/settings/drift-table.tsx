import { Button } from 'antd'
import { useEffect } from 'react'
import type { DriftRow } from '#shared/contract/diagnostics.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { lastValue } from '../../lib/remote.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { DRIFT_KIND_WORDS } from '../../ui/words/settings.ts'
import styles from './settings.module.css'
import { useSettings } from './use-settings.ts'

/** How the centre's messages differ from the interface document. Nothing of it has blocked a payment. */
export function DriftTable() {
  const drift = useSettings((state) => state.drift)
  const loadDrift = useSettings((state) => state.loadDrift)
  useEffect(() => {
    void loadDrift()
  }, [loadDrift])
  const rows = lastValue(drift)
  if (rows === undefined) {
    return drift.status === 'failed' ? (
      <ErrorState failure={drift.failure} onRetry={loadDrift} />
    ) : (
      <Loading words="正在读取" />
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState title="没有发现差异">
        <p>支付中心的报文都与接口文档一致</p>
        <Reload />
      </EmptyState>
    )
  }
  return (
    <div className={styles.form}>
      <p className={styles.meaning}>
        支付中心的报文与接口文档不同之处。只计数，不影响收费；样例只有形状（a 字母、9 数字、字 汉字），没有原值。
      </p>
      <Clearing />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard only when it has focus. */}
      <section className={styles.scroll} tabIndex={0} aria-label="接口差异">
        <table className={styles.table} data-testid="drift-table">
          <thead>
            <tr>
              {['接口', '差异', '字段', '次数', '首次', '最近', '样例'].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.interfaceId} ${row.kind} ${row.path}`} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

function Row({ row }: { row: DriftRow }) {
  return (
    <tr>
      <td>{row.interfaceId}</td>
      <td>{DRIFT_KIND_WORDS[row.kind]}</td>
      <td className={styles.code}>{row.path}</td>
      <td className={styles.count}>{row.times}</td>
      <td>{formatDateTime(row.firstAtMs)}</td>
      <td>{formatDateTime(row.lastAtMs)}</td>
      <td className={styles.code}>{row.sample ?? '—'}</td>
    </tr>
  )
}

function Clearing() {
  const asking = useSettings((state) => state.asking === 'clearDrift')
  const { askClearDrift, confirm, back } = useSettings((state) => state)
  if (!asking) {
    return (
      <div className={styles.barRow}>
        <Reload />
        <Button danger data-testid="drift-clear" onClick={askClearDrift}>
          清零
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.barRow} role="alertdialog" aria-label="确认清零" data-testid="drift-question">
      <span>清零后从头计数，例如在中心升级之后。</span>
      <ActionButton action="back" onClick={back}>
        返回
      </ActionButton>
      <ActionButton action="confirm" danger testId="drift-confirm" onClick={() => void confirm()}>
        确定清零
      </ActionButton>
    </div>
  )
}

function Reload() {
  const loadDrift = useSettings((state) => state.loadDrift)
  return (
    <Button data-testid="drift-reload" onClick={() => void loadDrift()}>
      更新
    </Button>
  )
}
