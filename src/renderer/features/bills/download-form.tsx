import { Input, type InputRef, Segmented } from 'antd'
import { type RefObject, useId, useState } from 'react'
import { BILL_TYPES } from '#shared/centre/download-bill.ts'
import { readDay } from '../../lib/read-day.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { BILL_TYPE_WORDS } from '../../ui/words/bills.ts'
import styles from './bills.module.css'
import { useBills } from './use-bills.ts'

const TYPE_OPTIONS = BILL_TYPES.map((value) => ({ value, label: BILL_TYPE_WORDS[value] }))

/** Which day and what of it; F10 downloads. */
export function DownloadForm({ dayRef }: { dayRef: RefObject<InputRef | null> }) {
  const bills = useBills((state) => state)
  const [text, setText] = useState(bills.billDate)
  const dayId = useId()
  const isWrong = readDay(text) === undefined
  const onText = (next: string) => {
    setText(next)
    bills.setDay(readDay(next) ?? '')
  }
  return (
    <div className={styles.form}>
      <div className={styles.field}>
        <label htmlFor={dayId}>
          账单日期 <KeyHint action="find" />
        </label>
        <Input
          id={dayId}
          ref={dayRef}
          value={text}
          maxLength={10}
          status={isWrong ? 'error' : ''}
          aria-invalid={isWrong}
          placeholder="年-月-日，如 2026-01-05"
          data-testid="bill-day"
          onChange={(event) => onText(event.target.value)}
        />
      </div>
      {isWrong && <p className={styles.wrong}>应为一天，如 20260105 或 2026-01-05</p>}
      <Segmented
        block
        value={bills.billType}
        options={TYPE_OPTIONS}
        onChange={bills.setType}
        aria-label="账单类型"
        data-testid="bill-type"
      />
      <ActionButton
        action="confirm"
        disabled={isWrong}
        loading={bills.downloading}
        testId="bill-download"
        onClick={() => void bills.download()}
      >
        {bills.downloading ? '正在下载并核对' : '下载并核对'}
      </ActionButton>
      {bills.failure !== null && <FailureLine failure={bills.failure} />}
    </div>
  )
}
