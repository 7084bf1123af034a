/**
 * Takes in what comes piece by piece once a frame, the newest piece of each key alone: a burst of events costs one
 * drawing, not fifty. While the window is out of sight there are no frames; then a timer does.
 */
export function createFrameBatch<T>(
  keyOf: (item: T) => string,
  take: (items: readonly T[]) => void,
): (item: T) => void {
  const waiting = new Map<string, T>()
  const flush = () => {
    const items = [...waiting.values()]
    waiting.clear()
    take(items)
  }
  return (item) => {
    if (waiting.size === 0) nextFrame(flush)
    waiting.set(keyOf(item), item)
  }
}

function nextFrame(run: () => void): void {
  if (globalThis.document?.visibilityState === 'visible') requestAnimationFrame(run)
  else setTimeout(run, 0)
}
