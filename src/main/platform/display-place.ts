import type { Settings } from '#shared/contract/settings.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Screen {
  readonly id: number
  readonly bounds: Rectangle
}

export interface DisplayPlace {
  readonly bounds: Rectangle
  /** On a screen of its own the display fills it; beside the desk's window it is a window. */
  readonly fullScreen: boolean
}

/** Beside the desk's window on its only screen: the smallest panel that the display is made for. */
const WINDOW = { width: 800, height: 480 } as const

/**
 * Where the patient's display stands: on the first screen that is not the desk's. On the desk's only screen it stands
 * only where the settings say `on` or somebody asked for it, as a window. @returns null where it stands nowhere.
 */
export function displayPlace(
  enabled: Settings['display']['enabled'],
  screens: readonly Screen[],
  primaryId: number,
  wasAskedFor: boolean,
): DisplayPlace | null {
  if (enabled === 'off') return null
  const own = screens.find(({ id }) => id !== primaryId)
  if (own !== undefined) return { bounds: own.bounds, fullScreen: true }
  const desk = screens[0]
  if (desk === undefined || (enabled === 'auto' && !wasAskedFor)) return null
  return { bounds: { ...WINDOW, x: desk.bounds.x, y: desk.bounds.y }, fullScreen: false }
}
