import { useEffect } from 'react'
import { useStore } from 'zustand'
import { DISPLAY_RENEW_MS, type DisplayContent, IDLE_DISPLAY } from '#shared/contract/display.ts'
import { useClient } from '../../lib/feature-store.tsx'
import { lastUsed } from '../../lib/last-used.ts'

/**
 * Tells the patient's display what to show, at every change and again and again: what is not said again is taken down.
 * Only the window that was used last does. A lost word costs nothing, the next one comes in seconds.
 */
export function useDisplay(content: DisplayContent): void {
  const client = useClient()
  const isThisWindow = useStore(lastUsed, (state) => state.isThisWindow)
  const text = JSON.stringify(content)
  useEffect(() => {
    if (!isThisWindow) return
    const show = () => void client.call('display.show', { content: JSON.parse(text) })
    show()
    const timer = setInterval(show, DISPLAY_RENEW_MS)
    return () => clearInterval(timer)
  }, [client, isThisWindow, text])
  useEffect(() => () => void client.call('display.show', { content: IDLE_DISPLAY }), [client])
}
