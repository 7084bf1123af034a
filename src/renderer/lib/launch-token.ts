/**
 * The token of the loopback host comes once in the address, as `#token=…` or `?token=…`. It is taken out, so that it
 * stands neither in the address bar nor in the history nor in a screenshot.
 */
export function takeToken(address: string): { readonly token: string | null; readonly cleanAddress: string } {
  const url = new URL(address)
  const inQuery = url.searchParams.get('token')
  url.searchParams.delete('token')
  const hash = url.hash.slice(1)
  const inHash = hash.startsWith('/') ? null : new URLSearchParams(hash).get('token')
  if (inHash !== null) url.hash = ''
  return { token: inHash ?? inQuery, cleanAddress: url.href.replace(/[#?]$/, '') }
}

/** Where a page keeps its token. Each has its own, so that the display never comes by that of the desk. */
export type TokenPlace = 'cashier.token' | 'cashier.display-token'

/** Takes the token out of the address bar into this tab's storage; answers the one in force, empty when there is none. */
export function launchToken(place: TokenPlace): string {
  const { token, cleanAddress } = takeToken(window.location.href)
  if (token !== null) {
    window.sessionStorage.setItem(place, token)
    window.history.replaceState(null, '', cleanAddress)
  }
  return window.sessionStorage.getItem(place) ?? ''
}
