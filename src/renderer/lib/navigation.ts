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
}

export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash)
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
