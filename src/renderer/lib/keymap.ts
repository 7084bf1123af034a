export interface DeskKey {
  /** Physical keys (`event.code`), so that an input method or a keyboard layout changes nothing. */
  readonly codes: readonly string[]
  readonly alt?: true
  /** As it stands on the buttons. */
  readonly label: string
  /** What it is for in general; a screen says more exactly what it does there. */
  readonly words: string
}

const key = (code: string, label: string, words: string): DeskKey => ({ codes: [code], label, words })
/** Alt and a digit of the upper row: no input method and no browser command that a page cannot take. */
const tab = (digit: number): DeskKey => ({
  codes: [`Digit${digit}`],
  alt: true,
  label: `Alt+${digit}`,
  words: '换到另一页',
})

const keys = {
  help: key('F1', 'F1', '帮助'),
  scanReady: key('F2', 'F2', '回到扫码'),
  find: key('F3', 'F3', '查找'),
  query: key('F4', 'F4', '查询'),
  refund: key('F6', 'F6', '退款'),
  revoke: key('F7', 'F7', '撤销上传'),
  lock: key('F8', 'F8', '锁定窗口'),
  print: key('F9', 'F9', '打印凭证'),
  confirm: key('F10', 'F10', '确认'),
  back: key('Escape', 'Esc', '返回，不做任何改动'),
  move: {
    codes: ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'],
    label: '↑ ↓',
    words: '在列表中移动',
  },
  enter: { codes: ['Enter', 'NumpadEnter'], label: 'Enter', words: '选定' },
  screen1: tab(1),
  screen2: tab(2),
  screen3: tab(3),
  screen4: tab(4),
  screen5: tab(5),
  screen6: tab(6),
} as const satisfies Record<string, DeskKey>

export type KeyAction = keyof typeof keys

/** The desk's keys, in the order in which help lists them. */
export const KEYMAP: Readonly<Record<KeyAction, DeskKey>> = keys

// Object.keys forgets the literal names of a constant table.
export const KEY_ACTIONS = Object.keys(KEYMAP) as readonly KeyAction[]

export interface KeyPress {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
  readonly isComposing: boolean
}

/**
 * Which action a key means. A held key acts once, but for moving in a list; a key with a modifier that is not its own,
 * or one an input method uses, means nothing.
 */
export function matchKey(press: KeyPress): KeyAction | undefined {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.shiftKey) return undefined
  const action = KEY_ACTIONS.find((name) => isKey(KEYMAP[name], press))
  return press.repeat && action !== 'move' ? undefined : action
}

function isKey({ codes, alt = false }: { codes: readonly string[]; alt?: boolean }, press: KeyPress): boolean {
  return alt === press.altKey && codes.includes(press.code)
}

/** Keys that a browser would use itself (help, find, caret browsing, menu, tabs): ours on every screen. */
export function isReservedKey(action: KeyAction): boolean {
  const { codes, alt } = KEYMAP[action]
  return alt === true || codes.some((code) => /^F\d/.test(code))
}
