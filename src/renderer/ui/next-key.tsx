import { createContext, type ReactNode, useContext } from 'react'
import type { KeyAction } from '../lib/keymap.ts'

/** `undefined`: nobody says which key is next here. */
const NextKeyContext = createContext<KeyAction | null | undefined>(undefined)

/**
 * Which key comes next on a card. The button that bears it is the primary one and no other is, so that the line
 * below the card and the button that stands out cannot disagree.
 */
export function NextKey({ action, children }: { action: KeyAction | null; children: ReactNode }) {
  return <NextKeyContext value={action}>{children}</NextKeyContext>
}

/** Whether the button of this key is the primary one; `undefined` where the button must know itself. */
export function useIsNext(action: KeyAction): boolean | undefined {
  const next = useContext(NextKeyContext)
  return next === undefined ? undefined : next === action
}
