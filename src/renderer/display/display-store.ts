import { createStore, type StoreApi } from 'zustand'
import type { DisplayView } from '#shared/contract/display.ts'
import type { RpcClient } from '../lib/rpc-client.ts'

export interface DisplayState {
  /** `null` until the desk has answered for the first time. */
  readonly view: DisplayView | null
  /** `lost`: what is known may be old, so it is not shown. `unusable`: this page will never be let in again. */
  readonly link: 'connecting' | 'open' | 'lost' | 'unusable'
  /** Main process time minus the time of this page. */
  readonly offsetMs: number
}

/** While nothing is known of the desk it is asked so often. */
const ASK_AGAIN_MS = 3000

/** The display's one source: what the desk says that it shows. It asks for nothing else, and may not. */
export function createDisplayStore(client: RpcClient, now: () => number = Date.now): StoreApi<DisplayState> {
  const store = createStore<DisplayState>(() => ({ view: null, link: 'connecting', offsetMs: 0 }))
  const take = (view: DisplayView) => store.setState({ view, link: 'open', offsetMs: view.nowMs - now() })
  const ask = async () => {
    const answer = await client.call('display.get', {})
    if (answer.ok) return take(answer.value)
    // A desk that was started anew gives another key; this page is never let in again.
    if (answer.error.code === 'UNAUTHENTICATED') return store.setState({ link: 'unusable' })
    store.setState({ link: 'lost' })
    setTimeout(ask, ASK_AGAIN_MS)
  }
  client.onEvent((event) => {
    if (event.name === 'display.changed') take(event.payload)
  })
  client.onConnection((connection) => {
    if (connection === 'connecting') return
    if (connection === 'lost') store.setState({ link: 'lost' })
    void ask()
  })
  return store
}
