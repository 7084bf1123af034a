/** The desk's keys, by physical key (`event.code`), so that an input method or a keyboard layout changes nothing. */
export const KEYMAP = {
  help: { code: 'F1', label: 'F1', words: '帮助' },
  scanReady: { code: 'F2', label: 'F2', words: '回到扫码；缴费完成后换下一位患者' },
  find: { code: 'F3', label: 'F3', words: '查找' },
  query: { code: 'F4', label: 'F4', words: '向中心查询结果；对账时重新核对，设置时测试' },
  refund: { code: 'F6', label: 'F6', words: '退款' },
  revoke: { code: 'F7', label: 'F7', words: '撤销上传（再按 F10 确认）' },
  print: { code: 'F9', label: 'F9', words: '打印凭证' },
  confirm: { code: 'F10', label: 'F10', words: '确认' },
  back: { code: 'Escape', label: 'Esc', words: '返回，不做任何改动' },
  enter: { code: 'Enter', label: 'Enter', words: '在列表中选定；缴费完成后换下一位患者' },
} as const satisfies Record<string, { code: string; label: string; words: string }>

export type KeyAction = keyof typeof KEYMAP

export interface KeyPress {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
  readonly isComposing: boolean
}

/** Which action a key means. A held key acts once; a key with a modifier, or one an input method uses, means nothing. */
export function matchKey(press: KeyPress): KeyAction | undefined {
  if (press.repeat || press.isComposing) return undefined
  if (press.ctrlKey || press.altKey || press.metaKey || press.shiftKey) return undefined
  const code = press.code === 'NumpadEnter' ? 'Enter' : press.code
  return KEY_ACTIONS.find((action) => KEYMAP[action].code === code)
}

// Object.keys forgets the literal names of a constant table.
export const KEY_ACTIONS = Object.keys(KEYMAP) as readonly KeyAction[]

/** Function keys that a browser would use itself (help, find, caret browsing, menu): ours on every screen. */
export function isReservedKey(action: KeyAction): boolean {
  return KEYMAP[action].code.startsWith('F')
}
