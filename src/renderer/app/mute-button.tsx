import { MutedOutlined, SoundOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useStore } from 'zustand'
import { isMuted, soundStore, toggleMute } from '../lib/sound/sound-store.ts'
import { SOUND_WORDS } from '../ui/words/sound.ts'

/** Silences this window at once, and says by icon and word that it is silent: a desk that is mute must not look well. */
export function MuteButton() {
  const muted = useStore(soundStore, isMuted)
  return (
    <Button
      type="text"
      icon={muted ? <MutedOutlined /> : <SoundOutlined />}
      aria-label={muted ? SOUND_WORDS.unmute : SOUND_WORDS.mute}
      aria-pressed={muted}
      title={muted ? SOUND_WORDS.unmute : SOUND_WORDS.mute}
      data-testid="mute"
      onClick={toggleMute}
    >
      {muted ? SOUND_WORDS.isMuted : null}
    </Button>
  )
}
