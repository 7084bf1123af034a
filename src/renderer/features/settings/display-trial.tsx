import { DesktopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useClient } from '../../lib/feature-store.tsx'
import { type OpenedDisplay, openDisplay } from '../../lib/open-display.ts'
import { Notice } from '../../ui/notice.tsx'
import { OPEN_DISPLAY_WORDS, OPENED_DISPLAY_WORDS } from '../../ui/words/display.ts'
import styles from './settings.module.css'

/** Opens the patient's display under the settings in force, and says how to bring it before the patient. */
export function DisplayTrial() {
  const client = useClient()
  const [opened, setOpened] = useState<OpenedDisplay | null>(null)
  return (
    <section className={styles.tests} aria-label={OPEN_DISPLAY_WORDS}>
      <Button
        icon={<DesktopOutlined />}
        data-testid="try-display"
        onClick={() => void openDisplay(client).then(setOpened)}
      >
        {OPEN_DISPLAY_WORDS}
      </Button>
      {opened !== null && (
        <Notice tone={opened === 'failed' ? 'bad' : 'neutral'} testId="display-opened">
          {OPENED_DISPLAY_WORDS[opened]}
        </Notice>
      )}
    </section>
  )
}
