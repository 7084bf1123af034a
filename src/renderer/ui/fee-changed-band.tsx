import { Button } from 'antd'
import { useEffect } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { useApp, useNow } from '../lib/feature-store.tsx'
import { moneyBlock } from '../lib/money-block.ts'
import { useReupload } from '../lib/reupload-store.ts'
import { isAlive } from '../lib/scanner/held-token.ts'
import { ActionButton } from './action-button.tsx'
import { FailureLine } from './error-state.tsx'
import styles from './fee-changed-band.module.css'
import { LifeBar } from './life-bar.tsx'
import { Masked } from './masked.tsx'
import { Notice } from './notice.tsx'
import { FEE_CHANGED_WORDS } from './words/counter.ts'

/** The hospital's charge is another than the one that was uploaded: one button revokes and uploads what it is now. */
export function FeeChangedBand({ order }: { order: Order }) {
  const asked = useReupload((state) => state.medOrgOrd)
  const failure = useReupload((state) => state.failure)
  const start = useReupload((state) => state.start)
  const block = useApp((state) => moneyBlock(state.health, state.connection))
  const isAsking = asked === order.medOrgOrd
  if (!order.feeChanged && !isAsking) return null
  return (
    <Notice tone="warning" testId="fee-changed">
      <div className={styles.band}>
        <span>
          <b>{FEE_CHANGED_WORDS.name}</b>：{FEE_CHANGED_WORDS.cashier}
        </span>
        {isAsking ? (
          <Asking />
        ) : (
          <Button
            danger
            disabled={!order.may.revoke || block !== null}
            data-testid="reupload"
            onClick={() => start(order)}
          >
            {FEE_CHANGED_WORDS.action}
          </Button>
        )}
        {isAsking && failure !== null && <FailureLine failure={failure} />}
      </div>
    </Notice>
  )
}

function Asking() {
  const { token, busy, cue, confirm, back, expire, simulateScan } = useReupload((state) => state)
  const environment = useApp((state) => state.session?.environment)
  const nowMs = useNow()
  const held = isAlive(token, nowMs) ? token : null
  const isOver = token !== null && held === null
  useEffect(() => {
    if (isOver) expire()
  }, [isOver, expire])
  return (
    <>
      {cue !== null && <span data-testid="scan-cue">{cue}</span>}
      {held === null ? (
        <strong>{FEE_CHANGED_WORDS.scan}</strong>
      ) : (
        <span data-testid="held-token">
          已扫 <Masked text={held.masked} />
          <LifeBar leftMs={held.expiresAtMs - nowMs} wholeMs={held.lifeMs} label="扫到的码的剩余时间" />
        </span>
      )}
      {held === null && environment === 'simulated' && (
        <Button data-testid="simulate-scan" onClick={() => void simulateScan()}>
          模拟扫码
        </Button>
      )}
      <ActionButton
        action="confirm"
        danger
        primary
        disabled={held === null}
        loading={busy}
        testId="reupload-confirm"
        onClick={() => void confirm()}
      >
        {FEE_CHANGED_WORDS.action}
      </ActionButton>
      <ActionButton action="back" onClick={back}>
        返回
      </ActionButton>
    </>
  )
}
