import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { holdPlace } from '../../lib/navigation.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './settings.module.css'
import { useSettings } from './use-settings.ts'

/** Leaving with changes that are not saved asks once, in place. */
export function LeaveQuestion() {
  const isDirty = useSettings((state) => state.draft !== null)
  const discard = useSettings((state) => state.discard)
  const [wanted, setWanted] = useState<string | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  useEffect(() => (isDirty ? holdPlace(setWanted) : undefined), [isDirty])
  useEffect(() => {
    if (isDirty || wanted === null) return
    // Saved or put back meanwhile: nothing is asked any more, and nobody is sent away by it.
    setWanted(null)
    if (isLeaving) window.location.hash = wanted
  }, [isDirty, isLeaving, wanted])
  if (wanted === null || !isDirty) return null
  const leave = () => {
    setLeaving(true)
    discard()
  }
  return (
    <div className={styles.leave} data-testid="leave-question">
      <Notice tone="warning">
        <b>改动还没有保存。</b> 按 F10 保存，或者：
        <Button size="small" danger data-testid="leave-discard" onClick={leave}>
          放弃改动并离开
        </Button>
        <Button size="small" onClick={() => setWanted(null)}>
          留在这里
        </Button>
      </Notice>
    </div>
  )
}
