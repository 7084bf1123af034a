import { DesktopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useApp, useClient } from '../lib/feature-store.tsx'
import { openDisplay } from '../lib/open-display.ts'
import { OPEN_DISPLAY_WORDS } from '../ui/words/display.ts'

/** Opens the patient's display, where the settings want one. */
export function DisplayButton() {
  const client = useClient()
  const isWanted = useApp((state) => state.settings !== null && state.settings.display.enabled !== 'off')
  if (!isWanted) return null
  return (
    <Button
      type="text"
      icon={<DesktopOutlined />}
      aria-label={OPEN_DISPLAY_WORDS}
      title={OPEN_DISPLAY_WORDS}
      data-testid="open-display"
      onClick={() => void openDisplay(client)}
    />
  )
}
