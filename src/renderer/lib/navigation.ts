import { useSyncExternalStore } from 'react'

/** Where the window is: `#/counter`, `#/orders?order=…`. */
export interface Place {
  readonly screen: string
  readonly params: URLSearchParams
}

export function placeOf(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  return { screen: path, params: new URLSearchParams(search) }
}

export function hrefFor(screen: string, params: Record<string, string> = {}): string {
  const search = new URLSearchParams(params).toString()
  return `#/${screen}${search === '' ? '' : `?${search}`}`
}

export function goTo(screen: string, params: Record<string, string> = {}): void {
  window.location.hash = hrefFor(screen, params)
}

/** The address without its parameters, once a screen has taken them in. */
export function forgetParams(): void {
  window.history.replaceState(null, '', hrefFor(placeOf(window.location.hash).screen))
  shown = window.location.hash
}

/** The address that is on screen: the browser's own runs ahead of it while somebody holds the place. */
let shown: string | undefined
let holder: ((wanted: string) => void) | undefined
const listeners = new Set<() => void>()

/**
 * Keeps the window where it is: whoever would leave is brought back, and the address that was wanted is told.
 * @returns lets go.
 */
export function holdPlace(onWanted: (hash: string) => void): () => void {
  holder = onWanted
  return () => {
    if (holder === onWanted) holder = undefined
  }
}

export function useHash(): string {
  return useSyncExternalStore(subscribe, shownHash)
}

function shownHash(): string {
  shown ??= window.location.hash
  return shown
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('hashchange', onHashChange)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('hashchange', onHashChange)
  }
}

function onHashChange(): void {
  const wanted = window.location.hash
  if (holder !== undefined && wanted !== shownHash()) {
    window.history.replaceState(null, '', shownHash())
    holder(wanted)
    return
  }
  shown = wanted
  for (const listener of [...listeners]) listener()
}
