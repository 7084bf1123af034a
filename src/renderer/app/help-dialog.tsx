import { Button } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { KEY_ACTIONS, KEYMAP, type KeyAction } from '../lib/keymap.ts'
import { goTo } from '../lib/navigation.ts'
import { startTour } from '../lib/tour-store.ts'
import { useBoundKeys } from '../lib/use-keymap.ts'
import { Loading } from '../ui/loading.tsx'
import { HANDBOOK_WORDS, type HandbookTitle } from '../ui/words/handbook.ts'
import { KEY_OFF_WORDS } from '../ui/words/keys.ts'
import { TOUR_PAGE_WORDS } from '../ui/words/tour.ts'
import styles from './help-dialog.module.css'

const HandbookView = lazy(async () => ({ default: (await import('./handbook/handbook-view.tsx')).HandbookView }))

interface HelpProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly version: string
  /** The page of the handbook for what the window shows now. */
  readonly title: HandbookTitle
}

/**
 * The keys that act now, the others with the reason, what to know in the first five minutes, and the handbook. The list
 * is the very bindings that act. A native dialog: it traps focus and closes on Esc by itself.
 */
export function HelpDialog({ open, onClose, version, title }: HelpProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isReading, setReading] = useState(false)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
    setReading(false)
  }, [open])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      onClose={onClose}
      onKeyDown={(event) => KEYMAP.help.codes.includes(event.code) && onClose()}
      aria-label="帮助"
      data-testid="help"
      data-reading={isReading}
    >
      {open && !isReading && <FirstHelp />}
      {open && isReading && (
        <Suspense fallback={<Loading words={HANDBOOK_WORDS.loading} />}>
          <HandbookView title={title} />
        </Suspense>
      )}
      <footer>
        <Button data-testid="open-handbook" onClick={() => setReading(!isReading)}>
          {isReading ? HANDBOOK_WORDS.back : HANDBOOK_WORDS.open(title)}
        </Button>
        <Button
          data-testid="start-tour"
          onClick={() => {
            onClose()
            goTo('counter')
            startTour()
          }}
        >
          {TOUR_PAGE_WORDS.start}
        </Button>
        <span>版本 {version}</span>
        <Button onClick={onClose}>
          关闭 <kbd>Esc</kbd>
        </Button>
      </footer>
    </dialog>
  )
}

function FirstHelp() {
  return (
    <>
      <Keys />
      <h2>收一笔费</h2>
      <ol>
        <li>选定患者的待缴费（F3 查找，或扫身份证号、单号）。</li>
        <li>请患者出示医保电子凭证，用扫码枪扫。</li>
        <li>按 F10 上传费用，请患者扫屏幕上的码支付。</li>
        <li>看到「已结清」再请患者离开；「结果未知」时不要再收，也不要让患者离开。</li>
      </ol>
    </>
  )
}

interface KeyRow {
  readonly action: KeyAction
  readonly words: string
  /** Why it does nothing now; `null` when it acts. */
  readonly off: string | null
}

function Keys() {
  const bound = useBoundKeys()
  const rows = KEY_ACTIONS.filter((action) => action !== 'help').map(
    (action): KeyRow =>
      bound.find((key) => key.action === action) ?? {
        action,
        words: KEYMAP[action].words,
        off: KEY_OFF_WORDS.notOnThisScreen,
      },
  )
  return (
    <div className={styles.columns}>
      <section>
        <h2>现在可用的键</h2>
        <KeyList rows={rows.filter(({ off }) => off === null)} testId="keys-now" />
      </section>
      <section>
        <h2>现在不能用</h2>
        <KeyList rows={rows.filter(({ off }) => off !== null)} testId="keys-off" />
      </section>
    </div>
  )
}

function KeyList({ rows, testId }: { rows: readonly KeyRow[]; testId: string }) {
  return (
    <dl className={styles.keys} data-testid={testId}>
      {rows.map(({ action, words, off }) => (
        <div key={action} data-action={action}>
          <dt>
            <kbd>{KEYMAP[action].label}</kbd>
          </dt>
          <dd>
            {words}
            {off !== null && <small>{off}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
