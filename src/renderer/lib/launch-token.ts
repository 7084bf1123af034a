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

const STORAGE_KEY = 'cashier.token'

/** Takes the token out of the address bar into this tab's storage; answers the one in force, empty when there is none. */
export function launchToken(): string {
  const { token, cleanAddress } = takeToken(window.location.href)
  if (token !== null) {
    window.sessionStorage.setItem(STORAGE_KEY, token)
    window.history.replaceState(null, '', cleanAddress)
  }
  return window.sessionStorage.getItem(STORAGE_KEY) ?? ''
}
