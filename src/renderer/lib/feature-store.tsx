import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import type { StoreApi } from 'zustand'
import { useStore } from 'zustand'
import { dayOf, startOfDayMs } from '#shared/domain/time.ts'
import type { AppState, AppStore } from './app-store.ts'
import type { RpcClient } from './rpc-client.ts'

/** What a feature's store is built from. */
export interface FeatureDeps {
  readonly client: RpcClient
  readonly app: AppStore
}
type StoreFactory<S> = (deps: FeatureDeps) => StoreApi<S>

interface Held extends FeatureDeps {
  readonly stores: Map<unknown, unknown>
}
const DepsContext = createContext<Held | null>(null)

export function FeatureProvider({ client, app, children }: FeatureDeps & { children: ReactNode }) {
  const [held] = useState<Held>(() => ({ client, app, stores: new Map() }))
  return <DepsContext value={held}>{children}</DepsContext>
}

/** The feature's one store: made when its screen is first shown, kept when another screen is. */
export function useFeatureStore<S>(create: StoreFactory<S>): StoreApi<S> {
  const held = useHeld()
  const [store] = useState(() => {
    // The map holds under each factory what that factory made.
    const known = held.stores.get(create) as StoreApi<S> | undefined
    const made = known ?? create(held)
    held.stores.set(create, made)
    return made
  })
  return store
}

/** For a part of a screen that asks once and keeps nothing; everything else goes through a feature's store. */
export function useClient(): RpcClient {
  return useHeld().client
}

export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useHeld().app, select)
}

/** The window's own store, for what only the frame does. */
export function useAppStore(): AppStore {
  return useHeld().app
}

/** Main process time, drawn anew every so many milliseconds. */
export function useNow(everyMs = 1000): number {
  const { clock } = useHeld().app
  const [nowMs, setNowMs] = useState(() => clock.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(clock.now()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return nowMs
}

/** Something told by main process time, looked at every so many milliseconds; drawn anew only when it is another. */
export function useTold<T extends string | number | boolean>(tell: (nowMs: number) => T, everyMs = 1000): T {
  const { clock } = useHeld().app
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, everyMs)
      return () => clearInterval(timer)
    },
    [everyMs],
  )
  return useSyncExternalStore(subscribe, () => tell(clock.now()))
}

/** When the present day began in UTC+8. */
export function useDayStart(): number {
  return useTold((nowMs) => startOfDayMs(dayOf(nowMs)), 30_000)
}

function useHeld(): Held {
  const held = useContext(DepsContext)
  if (held === null) throw new Error('FeatureProvider is missing above this component')
  return held
}
