/** Polls a condition; fails with what it waited for. Tests never sleep for a fixed time. */
export async function waitFor<T>(what: string, find: () => T | undefined | Promise<T | undefined>, withinMs = 10_000) {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
