import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { KeyAction } from '../lib/keymap.ts'
import { KeyHint } from './key-hint.tsx'
import { useIsNext } from './next-key.tsx'

export interface ActionButtonProps {
  readonly action: KeyAction
  readonly onClick: () => void
  /** Where no next key is named above it. */
  readonly primary?: boolean
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly loading?: boolean
  readonly size?: 'large'
  readonly testId?: string
  readonly children: ReactNode
}

/** A button that shows the key which does the same. */
export function ActionButton(props: ActionButtonProps) {
  const isPrimary = useIsNext(props.action) ?? props.primary ?? false
  return (
    <Button
      type={isPrimary ? 'primary' : 'default'}
      danger={props.danger ?? false}
      disabled={props.disabled ?? false}
      loading={props.loading ?? false}
      size={props.size ?? 'middle'}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      {props.children} <KeyHint action={props.action} />
    </Button>
  )
}
