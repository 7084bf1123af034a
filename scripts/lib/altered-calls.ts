import type { Page, Route } from 'playwright-core'

/** Calls of the window that do not go as they do: to show what it looks like then. Only in a browser on this machine. */
export interface AlteredCalls {
  /** Calls of this procedure wait until they are let go. */
  hold(name: string): void
  /** They fail with this code. */
  fail(name: string, code: string, message: string): void
  /** Their answers are changed on the way. */
  change(name: string, alter: (value: Record<string, unknown>) => void): void
  /** As ever again; what waited goes on. */
  asEver(): void
}

type Alteration = (route: Route) => Promise<void>

export async function alterCalls(page: Page): Promise<AlteredCalls> {
  const alterations = new Map<string, Alteration>()
  let waiting: Route[] = []
  await page.route('**/rpc', async (route) => {
    const { name } = route.request().postDataJSON() as { name: string }
    await (alterations.get(name) ?? ((asked) => asked.continue()))(route)
  })
  return {
    hold: (name) =>
      alterations.set(name, async (route) => {
        waiting.push(route)
      }),
    fail: (name, code, message) =>
      alterations.set(name, (route) => route.fulfill({ json: { ok: false, error: { code, message } } })),
    change: (name, alter) =>
      alterations.set(name, async (route) => {
        const answer = (await (await route.fetch()).json()) as { ok: boolean; value: Record<string, unknown> }
        if (answer.ok) alter(answer.value)
        await route.fulfill({ json: answer })
      }),
    asEver() {
      alterations.clear()
      const held = waiting
      waiting = []
      for (const route of held) void route.continue()
    },
  }
}
