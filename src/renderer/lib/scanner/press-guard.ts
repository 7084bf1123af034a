import type { ScanClock } from './scan-clock.ts'

/** Nobody follows Enter or Space by another key so soon; a scanner whose code begins with one does, even a slow one. */
const ALONE_MS = 100

/**
 * Enter and Space on something that they press are held back until it is known that no code follows: a code may begin
 * with either. Then they are given to the page as they would have come.
 */
export function createPressGuard(clock: Pick<ScanClock, 'later'>) {
  let callOff: (() => void) | undefined
  const replays = new WeakSet<Event>()

  const press = (target: HTMLElement, { key, code }: KeyboardEvent) => {
    const replay = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })
    replays.add(replay)
    if (target.isConnected && target.dispatchEvent(replay)) target.click()
  }

  return {
    isReplay: (event: Event) => replays.has(event),
    /** Whether this key is held back, or is a held-down key that presses again and again. Any key ends the wait before it. */
    holds(event: KeyboardEvent): boolean {
      if (/^(Shift|Control|Alt|Meta)/.test(event.code)) return false
      const { target } = event
      const isPress = !event.ctrlKey && !event.altKey && !event.metaKey && pressedBy(event.code, target)
      if (event.repeat) return isPress
      callOff?.()
      callOff = undefined
      if (!isPress || !(target instanceof HTMLElement)) return false
      callOff = clock.later(() => {
        callOff = undefined
        press(target, event)
      }, ALONE_MS)
      return true
    },
    forget: () => callOff?.(),
  }
}

function pressedBy(code: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (code === 'Enter' || code === 'NumpadEnter') return target.matches('button, summary, a[href]')
  return code === 'Space' && target.matches('button, summary, input[type="checkbox"], input[type="radio"]')
}
