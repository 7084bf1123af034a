import { useEffect } from 'react'
import { createStore, useStore } from 'zustand'
import type { HandbookTitle } from '../ui/words/handbook.ts'

const topicStore = createStore<{ readonly title: HandbookTitle | null }>(() => ({ title: null }))

/** Says which page of the handbook helps in the state that the screen is in; `null` for the screen's usual one. */
export function useHelpTopic(title: HandbookTitle | null): void {
  useEffect(() => {
    topicStore.setState({ title })
    return () => topicStore.setState({ title: null })
  }, [title])
}

export function useHelpTitle(): HandbookTitle | null {
  return useStore(topicStore, (state) => state.title)
}
