import { KEYMAP, type KeyAction } from '../lib/keymap.ts'
import styles from './ui.module.css'

/** The key that does the same as the button it stands on. */
export function KeyHint({ action }: { action: KeyAction }) {
  return <kbd className={styles.key}>{KEYMAP[action].label}</kbd>
}
