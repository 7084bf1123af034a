import { createStore, type StoreApi } from 'zustand'
import type { WindowLock } from '#shared/contract/lock.ts'
import type { Health, Session } from '#shared/contract/session.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Task } from '#shared/contract/tasks.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { RpcClient, ShownFailure } from './rpc-client.ts'
import type { Connection } from './transport.ts'

/** What every screen knows: who and where we are, what works, and the main process's time. */
export interface AppState {
  readonly session: Session | null
  readonly settings: Settings | null
  readonly health: Health | null
  readonly lock: WindowLock
  /** Long work of the desk, running or ended, oldest first. */
  readonly tasks: readonly Task[]
  readonly connection: Connection
  /** Why the window cannot start; it draws nothing else then. */
  readonly bootFailure: ShownFailure | null
}

export type AppStore = StoreApi<AppState> & {
  /** Main process time, so that countdowns do not depend on the window's clock. */
  readonly clock: Clock
  /** F8. Without an answer the window is hidden all the same. */
  lockWindow(): Promise<void>
  /** @returns why not; `null` when the window is open. */
  unlockWindow(pin: string): Promise<ShownFailure | null>
  /** Fetches everything anew: at start, after a reconnect, when the window comes into sight again. */
  load(): Promise<void>
}

export function createAppStore(client: RpcClient): AppStore {
  let offsetMs = 0
  const clock: Clock = { now: () => Date.now() + offsetMs }
  const store = createStore<AppState>(() => ({
    session: null,
    settings: null,
    health: null,
    lock: { locked: false, needsPin: false },
    tasks: [],
    connection: 'connecting',
    bootFailure: null,
  }))

  /** Nothing waits for it: countdowns are right a moment later. */
  const setClock = async () => {
    const answer = await client.call('clock.get', {})
    if (answer.ok) offsetMs = answer.value.nowMs - Date.now()
  }
  const load = async () => {
    void setClock()
    const [session, settings, health, lock, tasks] = await Promise.all([
      client.call('session.get', {}),
      client.call('settings.get', {}),
      client.call('health.get', {}),
      client.call('window.lockState', {}),
      client.call('tasks.list', {}),
    ])
    if (!session.ok || !settings.ok || !health.ok || !lock.ok || !tasks.ok) {
      const failed = [session, settings, health, lock, tasks].find((answer) => !answer.ok)
      if (failed !== undefined && !failed.ok) store.setState({ bootFailure: failed.error })
      return
    }
    store.setState({
      session: session.value,
      settings: settings.value,
      health: health.value,
      lock: lock.value,
      tasks: tasks.value.tasks,
      bootFailure: null,
    })
  }

  const lockWindow = async () => {
    store.setState({ lock: { ...store.getState().lock, locked: true } })
    const answer = await client.call('window.lock', {})
    if (answer.ok) store.setState({ lock: answer.value })
  }
  const unlockWindow = async (pin: string) => {
    const answer = await client.call('window.unlock', pin === '' ? {} : { pin })
    if (!answer.ok) return answer.error
    store.setState({ lock: answer.value })
    return null
  }

  listen(client, store, load)
  return { ...store, clock, load, lockWindow, unlockWindow }
}

function listen(client: RpcClient, store: StoreApi<AppState>, load: () => Promise<void>): void {
  client.onEvent((event) => {
    if (event.name === 'health.changed') store.setState({ health: event.payload })
    if (event.name === 'task.changed') store.setState({ tasks: withTask(store.getState().tasks, event.payload) })
    if (event.name === 'lock.changed') store.setState({ lock: event.payload })
    if (event.name === 'settings.changed') {
      store.setState({ settings: event.payload })
      // The frame shows what the settings say of this desk; health and environment are of another run now.
      void load()
    }
  })
  client.onConnection((connection) => {
    const isBack = connection === 'open' && store.getState().connection === 'lost'
    store.setState({ connection })
    if (isBack) void load()
  })
}

function withTask(tasks: readonly Task[], changed: Task): readonly Task[] {
  const isKnown = tasks.some(({ id }) => id === changed.id)
  return isKnown ? tasks.map((task) => (task.id === changed.id ? changed : task)) : [...tasks, changed]
}
