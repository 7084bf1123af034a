import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import {
  type BoundKey,
  type KeyBindings,
  type KeyLayer,
  type KeyRefusal,
  keyRegistry,
  type LayerRank,
} from './key-registry.ts'
import { isReservedKey, type KeyAction, matchKey } from './keymap.ts'

interface KeymapOptions {
  readonly rank?: LayerRank
  /** Says why a key did nothing, where the cashier looks; without it the frame says so. */
  readonly onRefused?: (reason: string) => void
}

/** Binds the desk's keys while the component is shown. */
export function useKeymap(bindings: KeyBindings, { rank = 'screen', onRefused }: KeymapOptions = {}): void {
  const layer = useRef<KeyLayer>({ rank, bindings, onRefused })
  // Before the next key can come: what is drawn and what the keys do are of one moment.
  useLayoutEffect(() => {
    layer.current.bindings = bindings
    layer.current.onRefused = onRefused
    keyRegistry.changed()
  })
  useLayoutEffect(() => keyRegistry.add(layer.current), [])
}

/** Every key that is bound now, and why it does nothing where it does not. */
export function useBoundKeys(): readonly BoundKey[] {
  return useSyncExternalStore(keyRegistry.subscribe, keyRegistry.bound)
}

/** The last key, where it did nothing. */
export function useKeyRefusal(): KeyRefusal | null {
  return useSyncExternalStore(keyRegistry.subscribe, keyRegistry.refusal)
}

/**
 * Listens for the desk's keys, once for the window. An open dialog takes all keys. Enter and the arrows belong to
 * whatever has focus and uses them; the browser's own meaning of our function keys is kept away on every screen.
 */
export function useKeyDispatch(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = matchKey(event)
      if (action === undefined || event.defaultPrevented || isDialogOpen() || isUsed(action, event.target)) return
      if (keyRegistry.press(action, event)) event.preventDefault()
    }
    // On window, after every handler on the document had its turn. A held key is no action, but still ours.
    const onReserved = (event: KeyboardEvent) => {
      const action = matchKey({ ...keyPressOf(event), repeat: false })
      if (action !== undefined && isReservedKey(action)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    window.addEventListener('keydown', onReserved)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keydown', onReserved)
    }
  }, [])
}

function keyPressOf(event: KeyboardEvent) {
  const { code, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event
  return { code, ctrlKey, altKey, metaKey, shiftKey, isComposing }
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}

/** Whether the key belongs to what has focus. Arrows scroll and choose in so many things that only a resting place lends them. */
function isUsed(action: KeyAction, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (action === 'move') return target !== document.body && !target.matches('[data-rest]')
  return action === 'enter' && target.closest('button, a, input, select, textarea, summary, [role="listbox"]') !== null
}
