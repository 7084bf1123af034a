import { LockFilled } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Session } from '#shared/contract/session.ts'
import { useApp, useAppStore } from '../lib/feature-store.tsx'
import { bind } from '../lib/key-registry.ts'
import type { ShownFailure } from '../lib/rpc-client.ts'
import { useKeymap } from '../lib/use-keymap.ts'
import { FailureLine } from '../ui/error-state.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { LOCK_WORDS } from '../ui/words/desk.ts'
import styles from './lock-panel.module.css'

/**
 * All that a locked window shows: whose desk it is, and how to open it. The screens are not drawn at all, so nothing of
 * a patient is in the page; what a payment comes to meanwhile is in the stores and shown when they are drawn again.
 */
export function LockPanel({ session }: { session: Session }) {
  const app = useAppStore()
  const needsPin = useApp((state) => state.lock.needsPin)
  const [pin, setPin] = useState('')
  const [failure, setFailure] = useState<ShownFailure | null>(null)
  const focus = useRef<HTMLButtonElement & HTMLAnchorElement>(null)
  const field = useRef<InputRef>(null)
  useEffect(() => (needsPin ? field.current : focus.current)?.focus(), [needsPin])
  const unlock = async () => {
    const refused = await app.unlockWindow(pin)
    setPin('')
    setFailure(refused)
  }
  const off = needsPin && pin === '' ? LOCK_WORDS.pinFirst : null
  const open = bind(LOCK_WORDS.unlock, () => void unlock(), off)
  useKeymap({ lock: open, confirm: open, enter: open }, { onRefused: () => field.current?.focus() })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void unlock()
  }
  return (
    <main className={styles.panel} data-testid="lock-panel">
      <LockFilled className={styles.mark} />
      <h1>{LOCK_WORDS.title}</h1>
      <p className={styles.who}>
        {session.deskName} · {session.operatorName}
      </p>
      <p>{LOCK_WORDS.note}</p>
      <form onSubmit={onSubmit}>
        {needsPin && (
          <Input
            ref={field}
            type="password"
            value={pin}
            size="large"
            inputMode="numeric"
            maxLength={8}
            autoComplete="off"
            placeholder={LOCK_WORDS.pin}
            aria-label={LOCK_WORDS.pin}
            data-testid="lock-pin"
            onChange={(event) => setPin(event.target.value)}
          />
        )}
        <Button ref={focus} type="primary" htmlType="submit" size="large" disabled={off !== null} data-testid="unlock">
          {LOCK_WORDS.unlock} <KeyHint action={needsPin ? 'enter' : 'lock'} />
        </Button>
      </form>
      {failure !== null && <FailureLine failure={failure} />}
    </main>
  )
}
