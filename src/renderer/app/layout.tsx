import { LockOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import type { Session } from '#shared/contract/session.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { CounterFollowers } from '../features/counter/counter-followers.tsx'
import { useApp, useAppStore, useNow } from '../lib/feature-store.tsx'
import { useHelpTitle } from '../lib/help-topic.ts'
import { bind, type KeyBinding } from '../lib/key-registry.ts'
import { KEYMAP, type KeyAction } from '../lib/keymap.ts'
import { goTo, hrefFor, placeOf, useHash } from '../lib/navigation.ts'
import { useKeyDispatch, useKeymap } from '../lib/use-keymap.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Loading } from '../ui/loading.tsx'
import { ReceiptSheet } from '../ui/receipt-sheet.tsx'
import { ENVIRONMENT_WORDS } from '../ui/words/desk.ts'
import type { HandbookTitle } from '../ui/words/handbook.ts'
import { DisplayButton } from './display-button.tsx'
import { HealthStrip } from './health-strip.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { useIdleLock } from './idle-lock.ts'
import { KeyRefused } from './key-refused.tsx'
import styles from './layout.module.css'
import { LockPanel } from './lock-panel.tsx'
import { MuteButton } from './mute-button.tsx'
import { SCREENS, type Screen, screenFor } from './routes.ts'
import { TaskStrip } from './task-strip.tsx'
import { useAttentionTone } from './use-attention-tone.ts'

/** The frame around every screen: environment, who and where, navigation, health. */
export function Layout({ session }: { session: Session }) {
  const locked = useApp((state) => state.lock.locked)
  useKeyDispatch()
  useIdleLock()
  useAttentionTone()
  return (
    <div className={styles.frame} data-environment={session.environment} data-locked={locked}>
      <EnvironmentBand session={session} />
      {locked ? <LockPanel session={session} /> : <OpenWindow session={session} />}
    </div>
  )
}

function OpenWindow({ session }: { session: Session }) {
  const app = useAppStore()
  const place = placeOf(useHash()).screen
  // Who has gone somewhere by hand has seen the choice; it comes again at the next start.
  const screen = screenFor(session.isFirstStart && place === '' ? 'setup' : place)
  const main = useRef<HTMLElement>(null)
  const [helpOpen, setHelpOpen] = useState(false)
  const title = useHandbookTitle(screen)
  const openHelp = () => setHelpOpen(true)
  const lock = () => void app.lockWindow()
  useKeymap({ help: bind('帮助', openHelp), lock: bind('锁定窗口', lock), ...SCREEN_KEYS }, { rank: 'frame' })
  useFocusOnScreen(main, screen.id)
  const Shown: Screen['component'] = screen.component
  return (
    <>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        跳到主要内容
      </button>
      <header className={styles.bar}>
        <Navigation current={screen.under ?? screen.id} />
        <HealthStrip />
        <DisplayButton />
        <MuteButton />
        <Button type="text" icon={<LockOutlined />} data-testid="lock" onClick={lock}>
          锁定 <KeyHint action="lock" />
        </Button>
        <Button type="text" icon={<QuestionCircleOutlined />} data-testid="open-help" onClick={openHelp}>
          帮助 <KeyHint action="help" />
        </Button>
      </header>
      <TaskStrip atCounter={screen.id === 'counter'} />
      <main className={styles.screen} ref={main} tabIndex={-1} data-rest="true">
        <Suspense fallback={<Loading words="正在打开" />}>
          <Shown />
        </Suspense>
      </main>
      <ReceiptSheet />
      <CounterFollowers />
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} version={session.appVersion} title={title} />
    </>
  )
}

/** A store that takes nothing goes before all; then what the screen's state asks for, the network, the screen itself. */
function useHandbookTitle(screen: Screen): HandbookTitle {
  const asked = useHelpTitle()
  const isOffline = useApp(({ health, connection }) => connection === 'lost' || health?.centre.state === 'down')
  const isStoreDown = useApp(({ health }) => health?.store.state === 'down')
  if (isStoreDown) return '本机库变红'
  return asked ?? (isOffline ? '断网' : screen.handbook)
}

/** Tab goes on inside the screen that was opened, not through the frame again; a screen that takes the focus keeps it. */
function useFocusOnScreen(main: RefObject<HTMLElement | null>, screenId: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is what moves the focus.
  useEffect(() => {
    if (main.current?.contains(document.activeElement) === false) main.current.focus({ preventScroll: true })
  }, [main, screenId])
}

function EnvironmentBand({ session }: { session: Session }) {
  const words = ENVIRONMENT_WORDS[session.environment]
  return (
    <div className={styles.band} data-testid="env-band" data-environment={session.environment}>
      <strong className={styles.environment}>{words.name}</strong>
      <span className={styles.note}>{words.note}</span>
      <KeyRefused />
      <span className={styles.organisation}>{session.orgName}</span>
      <span>{session.deskName}</span>
      <span data-testid="operator">{session.operatorName}</span>
      <DeskClock />
    </div>
  )
}

function DeskClock() {
  return <time className={styles.clock}>{formatDateTime(useNow())}</time>
}

const TABS: readonly Screen[] = SCREENS.filter((screen: Screen) => screen.under === undefined)

const SCREEN_KEYS: Readonly<Partial<Record<KeyAction, KeyBinding>>> = Object.fromEntries(
  TABS.flatMap(({ id, title, key }) => (key === undefined ? [] : [[key, bind(`到「${title}」`, () => goTo(id))]])),
)

/** Alt stands once before all tabs. */
function digitOf(key: KeyAction): string {
  return KEYMAP[key].label.replace('Alt+', '')
}

function Navigation({ current }: { current: string }) {
  return (
    <nav className={styles.navigation} aria-label="功能">
      <span className={styles.alt} aria-hidden="true">
        Alt +
      </span>
      {TABS.map(({ id, title, icon: Icon, key }) => (
        <a
          key={id}
          href={hrefFor(id)}
          className={styles.tab}
          aria-current={id === current ? 'page' : undefined}
          data-testid={`nav-${id}`}
        >
          <Icon />
          {key !== undefined && <kbd title={KEYMAP[key].label}>{digitOf(key)}</kbd>}
          {title}
        </a>
      ))}
    </nav>
  )
}
