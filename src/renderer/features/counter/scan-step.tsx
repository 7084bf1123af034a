import { BarcodeOutlined, CheckCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useApp } from '../../lib/feature-store.tsx'
import { type HeldToken, isAlive } from '../../lib/scanner/held-token.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { LifeBar } from '../../ui/life-bar.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Notice } from '../../ui/notice.tsx'
import { centreWords, wordsFor } from '../../ui/order-words.ts'
import { countdownWords } from '../../ui/time-words.ts'
import { SCAN_WORDS } from '../../ui/words/scan.ts'
import styles from './payment-card.module.css'
import type { StepProps } from './step-props.ts'
import { useCounter, useMoneyBlock } from './use-counter.ts'

/** Steps 1 and 2: the e-voucher is scanned, then one key uploads. */
export function ScanStep({ nowMs }: StepProps) {
  const token = useCounter((state) => state.token)
  const upload = useCounter((state) => state.upload)
  const isAsked = useCounter((state) => state.question !== null)
  const block = useMoneyBlock()
  const held = isAlive(token, nowMs) ? token : null
  return (
    <>
      <LastTry />
      {held === null ? <ScanCue /> : <Held token={held} nowMs={nowMs} />}
      <div className={styles.actions}>
        <ActionButton
          action="confirm"
          primary
          size="large"
          disabled={held === null || isAsked || block !== null}
          testId="confirm-upload"
          onClick={() => void upload()}
        >
          上传费用
        </ActionButton>
        <SimulateScan disabled={block !== null} />
      </div>
    </>
  )
}

/** What became of the try before: the centre's words as they came, and how to go on. */
function LastTry() {
  const order = useCounter((state) => state.order)
  if (order === null || order.state === 'created') return null
  const said = centreWords(order)
  return (
    <Notice tone={order.state === 'failed' ? 'bad' : 'neutral'} testId="last-try">
      <b>{wordsFor(order).name}</b>
      {said !== null && <p className={styles.said}>「{said}」</p>}
      <p>{wordsFor(order).cashier}</p>
    </Notice>
  )
}

function ScanCue() {
  const isDecoding = useCounter((state) => state.busy === 'decode')
  if (isDecoding) return <Loading words="正在核对凭证" />
  return (
    <div className={styles.cue}>
      <BarcodeOutlined className={styles.cueIcon} data-live="true" />
      <strong>扫医保电子凭证</strong>
      <p>患者在微信、支付宝或国家医保 APP 中打开</p>
    </div>
  )
}

function Held({ token, nowMs }: { token: HeldToken; nowMs: number }) {
  const drop = useCounter((state) => state.back)
  const leftMs = Math.min(token.expiresAtMs - nowMs, token.lifeMs)
  return (
    <div className={styles.held} data-testid="held-token">
      <CheckCircleFilled />
      <div>
        <b>{SCAN_WORDS[token.kind].name}</b>
        <Masked text={token.masked} />
        <WhoseVoucher token={token} />
      </div>
      <Button type="text" onClick={drop}>
        清除 <kbd>Esc</kbd>
      </Button>
      <LifeBar leftMs={leftMs} wholeMs={token.lifeMs} label="扫到的码的剩余时间" />
      <p>{countdownWords(leftMs)} 后清除；上传后立即清除</p>
    </div>
  )
}

/** Whose it is, where the decoding told. */
function WhoseVoucher({ token: { person, otherPersonConfirmed } }: { token: HeldToken }) {
  if (person?.maskedName == null) return null
  return (
    <p data-testid="voucher-person">
      {person.maskedName} {otherPersonConfirmed ? '（不是患者本人，已确认）' : '与费用相符'}
    </p>
  )
}

function SimulateScan({ disabled }: { disabled: boolean }) {
  const environment = useApp((state) => state.session?.environment)
  const simulateScan = useCounter((state) => state.simulateScan)
  if (environment !== 'simulated') return null
  return (
    <Button size="large" disabled={disabled} data-testid="simulate-scan" onClick={() => void simulateScan()}>
      模拟扫码
    </Button>
  )
}
