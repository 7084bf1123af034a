import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { Session } from '#shared/contract/session.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { useCounterSounds } from '../features/counter/use-counter-sounds.ts'
import { useNow } from '../lib/feature-store.tsx'
import { hrefFor, placeOf, useHash } from '../lib/navigation.ts'
import { useKeymap, useReservedKeys } from '../lib/use-keymap.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Loading } from '../ui/loading.tsx'
import { ReceiptSheet } from '../ui/receipt-sheet.tsx'
import { ENVIRONMENT_WORDS } from '../ui/words/desk.ts'
import { HealthStrip } from './health-strip.tsx'
import { HelpDialog } from './help-dialog.tsx'
import styles from './layout.module.css'
import { MuteButton } from './mute-button.tsx'
import { SCREENS, type Screen, screenFor } from './routes.ts'
import { useAttentionTone } from './use-attention-tone.ts'

/** The frame around every screen: environment, who and where, navigation, health. */
export function Layout({ session }: { session: Session }) {
  const screen = screenFor(placeOf(useHash()).screen)
  const [helpOpen, setHelpOpen] = useState(false)
  useReservedKeys()
  useCounterSounds()
  useAttentionTone()
  useKeymap({ help: () => setHelpOpen(true) })
  const Shown: Screen['component'] = screen.component
  return (
    <div className={styles.frame} data-environment={session.environment}>
      <EnvironmentBand session={session} />
      <header className={styles.bar}>
        <Navigation current={screen.under ?? screen.id} />
        <HealthStrip />
        <MuteButton />
        <Button type="text" icon={<QuestionCircleOutlined />} onClick={() => setHelpOpen(true)}>
          帮助 <KeyHint action="help" />
        </Button>
      </header>
      <main className={styles.screen}>
        <Suspense fallback={<Loading words="正在打开" />}>
          <Shown />
        </Suspense>
      </main>
      <ReceiptSheet />
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} version={session.appVersion} />
    </div>
  )
}

function EnvironmentBand({ session }: { session: Session }) {
  const words = ENVIRONMENT_WORDS[session.environment]
  return (
    <div className={styles.band} data-testid="env-band" data-environment={session.environment}>
      <strong className={styles.environment}>{words.name}</strong>
      <span className={styles.note}>{words.note}</span>
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

function Navigation({ current }: { current: string }) {
  return (
    <nav className={styles.navigation} aria-label="功能">
      {TABS.map(({ id, title, icon: Icon }) => (
        <a
          key={id}
          href={hrefFor(id)}
          className={styles.tab}
          aria-current={id === current ? 'page' : undefined}
          data-testid={`nav-${id}`}
        >
          <Icon /> {title}
        </a>
      ))}
    </nav>
  )
}
