import type { CustomScheme, Protocol } from 'electron'
import { WindowFiles } from '../rpc/window-page.ts'

const SCHEME = 'app'
const HOST = 'cashier'

/** Where the window's files live for its page: an origin of our own, not file://, which would be every file's. */
export const WINDOW_URL = `${SCHEME}://${HOST}/`

/** The patient's display: a page of the same origin that is given other permissions. */
export const DISPLAY_URL = `${WINDOW_URL}display.html`

/** To be registered before Electron is ready. */
export const WINDOW_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

export function isOwnPage(url: string): boolean {
  return url.startsWith(WINDOW_URL)
}

/** Serves the built window, and nothing else, under {@link WINDOW_URL}. */
export function serveWindow(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  const files = new WindowFiles(folder)
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== HOST || request.method !== 'GET') return new Response(null, { status: 404 })
    const file = await files.read(pathname)
    return new Response(file.body, { status: file.status, headers: file.headers })
  })
}
