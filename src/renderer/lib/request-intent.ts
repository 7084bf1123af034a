/**
 * One requestId per intent. The same intent asked again after a lost connection carries the same id, so the main
 * process answers its first answer instead of acting twice; a settled intent gets a new one next time.
 */
export interface RequestIntent {
  /** `content` tells intents apart: the action and everything it sends. */
  idFor(content: string): string
  settle(): void
}

export function createRequestIntent(mintId: () => string = () => crypto.randomUUID()): RequestIntent {
  let open: { readonly content: string; readonly id: string } | undefined
  return {
    idFor(content) {
      if (open?.content !== content) open = { content, id: mintId() }
      return open.id
    },
    settle() {
      open = undefined
    },
  }
}
