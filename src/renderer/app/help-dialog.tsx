import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { KEY_ACTIONS, KEYMAP } from '../lib/keymap.ts'
import styles from './help-dialog.module.css'

/** The keys, and what to know in the first five minutes. A native dialog: it traps focus and closes on Esc by itself. */
export function HelpDialog({ open, onClose, version }: { open: boolean; onClose: () => void; version: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onClose} aria-label="帮助" data-testid="help">
      <h2>按键</h2>
      <dl className={styles.keys}>
        {KEY_ACTIONS.map((action) => (
          <div key={action}>
            <dt>
              <kbd>{KEYMAP[action].label}</kbd>
            </dt>
            <dd>{KEYMAP[action].words}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>↑ ↓</kbd>
          </dt>
          <dd>在列表中移动</dd>
        </div>
      </dl>
      <h2>收一笔费</h2>
      <ol>
        <li>选定患者的待缴费（F3 查找，或扫身份证号、单号）。</li>
        <li>请患者出示医保电子凭证，用扫码枪扫。</li>
        <li>按 F10 上传费用，请患者扫屏幕上的码支付。</li>
        <li>看到「已结清」再请患者离开；「结果未知」时不要再收，也不要让患者离开。</li>
      </ol>
      <footer>
        <span>版本 {version}</span>
        <Button onClick={onClose}>关闭 Esc</Button>
      </footer>
    </dialog>
  )
}
