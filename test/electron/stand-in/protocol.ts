import { app } from './app.ts'

type Handler = (request: Request) => Promise<Response> | Response

const schemes = new Set<string>()
const handlers = new Map<string, Handler>()

export const protocol = {
  registerSchemesAsPrivileged: (registered: readonly { scheme: string }[]) => {
    app.mustNotBeReady('protocol.registerSchemesAsPrivileged')
    for (const { scheme } of registered) schemes.add(scheme)
  },
  handle: (scheme: string, handler: Handler) => {
    app.mustBeReady('protocol.handle')
    if (!schemes.has(scheme)) throw new Error(`the scheme ${scheme} has no privileges`)
    handlers.set(scheme, handler)
  },
}

/** Chromium alone does not know our scheme: its pages live at an http address that is answered without any network. */
const SEEN_BY_CHROMIUM = /^http:\/\/([\w-]+)\.([a-z]+)\.localhost\//

export function toChromium(url: string): string {
  return url.replace(/^([a-z]+):\/\/([\w-]+)\//, (all, scheme: string, host: string) =>
    schemes.has(scheme) ? `http://${host}.${scheme}.localhost/` : all,
  )
}

export function fromChromium(url: string): string {
  return url.replace(SEEN_BY_CHROMIUM, (_all, host: string, scheme: string) => `${scheme}://${host}/`)
}

/** @returns the answer of the registered handler, `undefined` for an address that nobody handles. */
export async function answerRequest(url: string, method: string): Promise<Response | undefined> {
  const handler = handlers.get(/^([a-z]+):/.exec(url)?.[1] ?? '')
  return handler?.(new Request(url, { method }))
}
