import { KEY_ACTIONS, type KeyAction } from './keymap.ts'

/** What a key does on the screen that is shown, in the state it is in. */
export interface KeyBinding {
  /** As on the button that does the same. */
  readonly words: string
  /** Why it does nothing now; `null` when it acts. */
  readonly off: string | null
  readonly run: (event: KeyboardEvent) => void
}

export type KeyBindings = Readonly<Partial<Record<KeyAction, KeyBinding>>>

export function bind(words: string, run: (event: KeyboardEvent) => void, off: string | null = null): KeyBinding {
  return { words, run, off }
}

/** A screen's own meaning of a key stands above the frame's, and that above a list's. */
export type LayerRank = 'list' | 'frame' | 'screen' | 'question'
const RANKS: readonly LayerRank[] = ['list', 'frame', 'screen', 'question']

/** The keys of one component that is shown. The component changes `bindings` as its state changes. */
export interface KeyLayer {
  readonly rank: LayerRank
  bindings: KeyBindings
  /** Says why a key did nothing, where the cashier looks; without it the frame says so. */
  onRefused: ((reason: string) => void) | undefined
}

/** A key that was pressed and did nothing, with the reason. */
export interface KeyRefusal {
  readonly action: KeyAction
  readonly words: string
  readonly reason: string
}

export interface BoundKey extends KeyBinding {
  readonly action: KeyAction
}

/**
 * The only list of what the keys do: the same bindings act and are told of by the help. Newer layers of the same rank
 * stand above older ones.
 */
export interface KeyRegistry {
  /** @returns takes the layer out again. */
  add(layer: KeyLayer): () => void
  /** A layer has other bindings now. */
  changed(): void
  /** @returns whether the key is bound, so that the browser must not act on it. */
  press(action: KeyAction, event: KeyboardEvent): boolean
  /** Every bound key in the order of the keymap. The same array until something that a person would see changes. */
  bound(): readonly BoundKey[]
  refusal(): KeyRefusal | null
  subscribe(listener: () => void): () => void
}

export function createKeyRegistry(): KeyRegistry {
  const layers: KeyLayer[] = []
  const listeners = new Set<() => void>()
  let shown: readonly BoundKey[] = []
  let refused: KeyRefusal | null = null

  const layerOf = (action: KeyAction): KeyLayer | undefined =>
    layers
      .filter(({ bindings }) => bindings[action] !== undefined)
      .toSorted((left, right) => RANKS.indexOf(left.rank) - RANKS.indexOf(right.rank))
      .at(-1)
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const refuse = (refusal: KeyRefusal | null) => {
    if (refusal === refused) return
    refused = refusal
    tell()
  }
  const changed = () => {
    const now = KEY_ACTIONS.flatMap((action) => {
      const binding = layerOf(action)?.bindings[action]
      return binding === undefined ? [] : [{ action, ...binding }]
    })
    if (isAlike(now, shown)) return
    shown = now
    tell()
  }
  return {
    add(layer) {
      layers.push(layer)
      changed()
      return () => {
        layers.splice(layers.indexOf(layer), 1)
        refuse(null)
        changed()
      }
    },
    changed,
    press(action, event) {
      const layer = layerOf(action)
      const binding = layer?.bindings[action]
      if (layer === undefined || binding === undefined) return false
      const { words, off, run } = binding
      refuse(off === null || layer.onRefused !== undefined ? null : { action, words, reason: off })
      if (off === null) run(event)
      else layer.onRefused?.(off)
      return true
    },
    bound: () => shown,
    refusal: () => refused,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The functions of a binding are new at every drawing; what a person is told of it is not. */
function isAlike(left: readonly BoundKey[], right: readonly BoundKey[]): boolean {
  return left.length === right.length && left.every((key, at) => tellsOf(key) === tellsOf(right[at]))
}

function tellsOf(key: BoundKey | undefined): string {
  return JSON.stringify([key?.action, key?.words, key?.off])
}

/** The window's. */
export const keyRegistry = createKeyRegistry()
