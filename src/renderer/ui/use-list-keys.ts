import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { bind } from '../lib/key-registry.ts'
import { useKeymap } from '../lib/use-keymap.ts'

/** A key as the list itself hears it, or as it comes from wherever focus rests. */
export type ListKeyEvent = ReactKeyboardEvent | KeyboardEvent

export interface ListKeysOptions {
  readonly label: string
  /** What Enter does, in the cashier's words. */
  readonly chooseWords?: string | undefined
  /** Why the arrows do not move here while something else has focus; the list itself always takes them. */
  readonly keysOff?: string | null | undefined
}

/** From wherever focus rests, the arrows move in the list on screen and Enter chooses. */
export function useListKeys(
  { label, chooseWords = '选定', keysOff = null }: ListKeysOptions,
  hasActive: boolean,
  onKey: (event: KeyboardEvent) => void,
): void {
  useKeymap(
    {
      move: bind(`在${label}中移动`, onKey, keysOff),
      enter: bind(chooseWords, onKey, keysOff ?? (hasActive ? null : NO_ROW)),
    },
    // Where arrows mean nothing, a list says so by not moving.
    { rank: 'list', onRefused: ignore },
  )
}

const NO_ROW = '先用 ↑ ↓ 移到一行'
const ignore = () => undefined

/** Whether the key is for the list, and not for an input method or somebody who has used it already. */
export function isForList(event: ListKeyEvent): boolean {
  const isComposing = 'nativeEvent' in event ? event.nativeEvent.isComposing : event.isComposing
  if (isComposing || event.defaultPrevented) return false
  // In a field above the list they move the caret.
  return !(event.target instanceof HTMLInputElement && (event.code === 'Home' || event.code === 'End'))
}

export function isEnter(code: string): boolean {
  return code === 'Enter' || code === 'NumpadEnter'
}
