import { useEffect, useRef } from 'react'
import { isReservedKey, type KeyAction, matchKey } from './keymap.ts'

type KeyHandlers = Partial<Record<KeyAction, () => void>>

/**
 * Binds actions to the desk's keys while the component is shown. Enter belongs to whatever has focus (a list, a field, a
 * button); it comes here only when nothing that uses it has focus. An open dialog takes all keys.
 */
export function useKeymap(handlers: KeyHandlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = matchKey(event)
      if (action === undefined || event.defaultPrevented || isDialogOpen()) return
      if (action === 'enter' && usesEnter(event.target)) return
      const handler = latest.current[action]
      if (handler === undefined) return
      event.preventDefault()
      handler()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Keeps the browser's own meaning of our function keys away, whether or not a screen uses them. */
export function useReservedKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = matchKey({ ...keyPressOf(event), repeat: false })
      if (action !== undefined && isReservedKey(action)) event.preventDefault()
    }
    // On window, after every handler on the document had its turn.
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function keyPressOf(event: KeyboardEvent) {
  const { code, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event
  return { code, ctrlKey, altKey, metaKey, shiftKey, isComposing }
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}

function usesEnter(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, select, textarea, [role="listbox"]') !== null
}
