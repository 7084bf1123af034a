import { CloseCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ShownFailure } from '../lib/rpc-client.ts'
import styles from './ui.module.css'
import { ERROR_WORDS, GROUP_WORDS, groupOf } from './words/errors.ts'

/** A failure in place of what could not be shown. */
export function ErrorState({ failure, onRetry }: { failure: ShownFailure; onRetry?: () => Promise<void> }) {
  return (
    <div className={styles.placeholder} role="alert">
      <CloseCircleFilled className={styles.placeholderIcon} data-tone="bad" />
      <FailureWords failure={failure} />
      {onRetry !== undefined && <Button onClick={() => void onRetry()}>再试一次</Button>}
    </div>
  )
}

/** A failure as one line above what is still shown. */
export function FailureLine({ failure }: { failure: ShownFailure }) {
  return (
    <div className={styles.notice} data-tone="bad" role="alert" data-testid="failure" data-code={failure.code}>
      <CloseCircleFilled />
      <div>
        <FailureWords failure={failure} />
      </div>
    </div>
  )
}

/** What happened, the words that came with it where they say more, what to do next, and what IT needs to know. */
function FailureWords({ failure }: { failure: ShownFailure }) {
  const words = ERROR_WORDS[failure.code]
  return (
    <>
      <strong>{words.name}</strong>
      {failure.message !== words.name && <div className={styles.came}>{failure.message}</div>}
      <div>
        <b>{GROUP_WORDS[groupOf(failure.code)]}</b>：{words.cashier}
      </div>
      <Explanation code={failure.code} />
    </>
  )
}

/** The code, small, and behind it everything that docs/errors.zh-CN.md says of it: here it is read without network. */
function Explanation({ code }: Pick<ShownFailure, 'code'>) {
  const words = ERROR_WORDS[code]
  return (
    <details className={styles.explain} data-testid="explanation">
      <summary>{code} 说明</summary>
      <dl>
        <dt>对患者说</dt>
        <dd>{words.patient}</dd>
        <dt>信息科</dt>
        <dd>{words.it}</dd>
      </dl>
    </details>
  )
}
