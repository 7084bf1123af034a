import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { ok } from '#shared/domain/result.ts'
import type { DisplayBoard } from './display-board.ts'

/** Where the host has screens of its own: shows the display's window there. */
export type OpenDisplay = () => void

export interface DisplayParts {
  readonly board: DisplayBoard
  readonly settings: () => Settings
  /** Absent where the window opens the display as a page beside itself. */
  readonly open: OpenDisplay | undefined
  /** Opens the display's page and nothing else. */
  readonly token: string
}

export function displayHandlers({
  board,
  settings,
  open,
  token,
}: DisplayParts): Pick<Handlers, 'display.get' | 'display.show' | 'display.open'> {
  return {
    'display.get': () => ok(board.view()),
    'display.show': ({ content }) => {
      board.show(content)
      return ok({})
    },
    'display.open': () => {
      if (settings().display.enabled === 'off') return ok({ by: 'off' })
      if (open === undefined) return ok({ by: 'page', address: `/display.html#token=${token}` })
      open()
      return ok({ by: 'window' })
    },
  }
}
