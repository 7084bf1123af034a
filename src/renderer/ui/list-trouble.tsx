import { Button } from 'antd'
import type { ShownFailure } from '../lib/rpc-client.ts'
import { FailureLine } from './error-state.tsx'
import styles from './long-list.module.css'

/** Below a long list of which a part could not be read. */
export function ListTrouble({ failure, onRetry }: { failure: ShownFailure; onRetry: () => void }) {
  return (
    <div className={styles.trouble}>
      <FailureLine failure={failure} />
      <Button size="small" onClick={onRetry}>
        再读一次
      </Button>
    </div>
  )
}
