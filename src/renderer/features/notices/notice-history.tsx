import type { Notice } from '#shared/contract/notices.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { lastValue } from '../../lib/remote.ts'
import { useNames } from '../../lib/use-names.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { OperationStatus } from '../../ui/operation-status.tsx'
import { NOTICE_CHANNEL_WORDS, NOTICE_TYPE_WORDS } from '../../ui/words/notices.ts'
import styles from './notices.module.css'
import { useNotices } from './use-notices.ts'

/** Right: what was sent before, newest first, the persons masked. */
export function NoticeHistory() {
  const history = useNotices((state) => state.history)
  const load = useNotices((state) => state.load)
  const known = lastValue(history)
  return (
    <section className={styles.panel} aria-label="已发的通知">
      {known === undefined && history.status === 'failed' && <ErrorState failure={history.failure} onRetry={load} />}
      {known === undefined && history.status !== 'failed' && <Loading words="正在读取通知" />}
      {known?.length === 0 && <EmptyState title="还没有发过通知">左边填好后按 F10 发送</EmptyState>}
      {known !== undefined && known.length > 0 && <Table notices={known} />}
    </section>
  )
}

function Table({ notices }: { notices: readonly Notice[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.table} tabIndex={0} aria-label="已发的通知">
      <table data-testid="notice-history">
        <thead>
          <tr>
            <th>时间</th>
            <th>患者</th>
            <th>内容与渠道</th>
            <th>结果</th>
          </tr>
        </thead>
        <tbody>
          {notices.map((notice) => (
            <Row key={notice.id} notice={notice} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ notice }: { notice: Notice }) {
  const at = formatDateTime(notice.startedAtMs)
  const nameOf = useNames()
  return (
    <tr>
      <td className={styles.figures}>
        {at.slice(5, 10)} {at.slice(11)}
        <p className={styles.soft}>{notice.operatorName}</p>
      </td>
      <td>
        <b>{notice.maskedName}</b> <Masked text={notice.maskedIdNo} />
        <p className={styles.soft}>{nameOf('psnCertType', notice.idType)}</p>
      </td>
      <td>
        {NOTICE_TYPE_WORDS[notice.msgType].name}
        <p className={styles.soft}>{NOTICE_CHANNEL_WORDS[notice.channel]}</p>
      </td>
      <td>
        <OperationStatus state={notice.state} />
        {notice.message !== null && <p className={styles.said}>「{notice.message}」</p>}
      </td>
    </tr>
  )
}
