import { SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import { fen } from '#shared/domain/money.ts'
import { TONE_NAMES, tryTone } from '../../lib/sound/tones.ts'
import { onVoices, speakAt, systemVoice } from '../../lib/sound/voice.ts'
import { Notice } from '../../ui/notice.tsx'
import { SOUND_WORDS, spokenWords, TONE_WORDS } from '../../ui/words/sound.ts'
import styles from './settings.module.css'

const SAMPLE = spokenWords({ say: 'pay', amountFen: fen(26_495) })

/** Lets each tone and the voice be heard as loud as the form says, before anything is saved. */
export function SoundTrial({ volume }: { volume: unknown }) {
  const voice = useSyncExternalStore(onVoices, () => systemVoice()?.name)
  const loud = typeof volume === 'number' ? Math.min(100, Math.max(0, volume)) : 0
  return (
    <section className={styles.tests} aria-label={SOUND_WORDS.try}>
      {TONE_NAMES.map((name) => (
        <Button key={name} icon={<SoundOutlined />} data-testid={`try-${name}`} onClick={() => tryTone(name, loud)}>
          {TONE_WORDS[name]}
        </Button>
      ))}
      <Button disabled={voice === undefined} data-testid="try-voice" onClick={() => speakAt(SAMPLE, loud)}>
        {SAMPLE}
      </Button>
      <Notice tone={voice === undefined ? 'warning' : 'neutral'} testId="voice-found">
        {voice === undefined ? SOUND_WORDS.noVoice : SOUND_WORDS.hasVoice(voice)}
      </Notice>
    </section>
  )
}
