import { createStore } from 'zustand'

/** Whether the tour of the counter is being shown. Begun at the first start and from the help; nothing of it is kept. */
export const tourStore = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }))

export function startTour(): void {
  tourStore.setState({ isOpen: true })
}

export function endTour(): void {
  tourStore.setState({ isOpen: false })
}
