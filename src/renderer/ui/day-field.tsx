import { CalendarOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { readDay } from '../lib/read-day.ts'
import styles from './ui.module.css'

interface DayFieldProps {
  readonly label: string
  /** `YYYY-MM-DD`; empty: none. */
  readonly value: string
  readonly testId: string
  readonly onDay: (day: string) => void
}

/** A calendar day, typed as 20260105 or 2026-01-05, which is faster at the window, or chosen in the browser's calendar. */
export function DayField({ label, value, testId, onDay }: DayFieldProps) {
  const [text, setText] = useState(value)
  const calendar = useRef<HTMLInputElement>(null)
  const isWrong = text.trim() !== '' && readDay(text) === undefined
  const onText = (next: string) => {
    setText(next)
    const day = next.trim() === '' ? '' : readDay(next)
    if (day !== undefined && day !== value) onDay(day)
  }
  return (
    <span className={styles.day}>
      {label}
      <Input
        value={text}
        maxLength={10}
        autoComplete="off"
        status={isWrong ? 'error' : ''}
        placeholder="如 2026-01-05"
        aria-label={`${label}哪天，年-月-日`}
        aria-invalid={isWrong}
        data-testid={testId}
        onChange={(event) => onText(event.target.value)}
      />
      <Button
        icon={<CalendarOutlined />}
        aria-label={`${label}哪天，选日历`}
        onClick={() => calendar.current?.showPicker()}
      />
      <input
        ref={calendar}
        type="date"
        className={styles.calendar}
        tabIndex={-1}
        aria-hidden="true"
        value={readDay(text) ?? ''}
        data-testid={`${testId}-calendar`}
        onChange={(event) => onText(event.target.value)}
      />
    </span>
  )
}
