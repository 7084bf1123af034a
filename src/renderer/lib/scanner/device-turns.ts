const turns = new WeakMap<object, Promise<unknown>>()

/**
 * One thing at a time with a device. A new setting opens it anew while the old link is still closing it; opened
 * meanwhile it would be closed under the new one's hands, or refused for being open.
 */
export function inTurn<T>(device: object, task: () => Promise<T>): Promise<T> {
  const turn = (turns.get(device) ?? Promise.resolve()).then(task)
  // Whoever asked hears of the failure; the next one's turn comes all the same.
  turns.set(
    device,
    turn.catch(() => undefined),
  )
  return turn
}
