import { ExperimentOutlined, LinkOutlined } from '@ant-design/icons'
import { useRef } from 'react'
import { useAppStore, useClient } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { goTo } from '../../lib/navigation.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import { startTour } from '../../lib/tour-store.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { WELCOME_WORDS } from '../../ui/words/setup.ts'
import styles from './setup.module.css'

/** What this machine is for. Enter is the way that cannot do harm. */
export function Welcome({ onConnect }: { onConnect: () => void }) {
  const client = useClient()
  const app = useAppStore()
  const intent = useRef(createRequestIntent())
  const tryOut = async () => {
    await client.call('settings.keep', { requestId: intent.current.idFor('keep') })
    await app.load()
    goTo('counter')
    startTour()
  }
  useKeymap({
    enter: bind(WELCOME_WORDS.tryOut, () => void tryOut()),
    confirm: bind(WELCOME_WORDS.connect, onConnect),
  })
  return (
    <section className={styles.welcome} aria-labelledby="welcome" data-testid="welcome">
      <h2 id="welcome">{WELCOME_WORDS.title}</h2>
      <p>{WELCOME_WORDS.question}</p>
      <div className={styles.ways}>
        <div>
          <ExperimentOutlined className={styles.wayIcon} />
          <p>{WELCOME_WORDS.tryOutMeans}</p>
          <ActionButton action="enter" primary size="large" testId="try-out" onClick={() => void tryOut()}>
            {WELCOME_WORDS.tryOut}
          </ActionButton>
        </div>
        <div>
          <LinkOutlined className={styles.wayIcon} />
          <p>{WELCOME_WORDS.connectMeans}</p>
          <ActionButton action="confirm" size="large" testId="connect-centre" onClick={onConnect}>
            {WELCOME_WORDS.connect}
          </ActionButton>
        </div>
      </div>
    </section>
  )
}
