import { useEffect } from 'react'
import { bind } from '../../lib/key-registry.ts'
import { forgetParams, placeOf } from '../../lib/navigation.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import { useKeymap } from '../../lib/use-keymap.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { NoticeForm } from './notice-form.tsx'
import { NoticeHistory } from './notice-history.tsx'
import styles from './notices.module.css'
import { useNoticeBlock, useNotices } from './use-notices.ts'

/** Tells a patient something on the phone (interface 1.8), and what was told before. */
export function NoticesScreen() {
  const notices = useNotices((state) => state)
  const { load, clear, prefill } = notices
  useEffect(() => {
    void load()
  }, [load])
  usePersonFromAddress(prefill, clear)
  useScanHandler(notices.scanned)
  const block = useNoticeBlock()
  useKeymap({
    confirm: bind('发送通知', () => void notices.send(), notices.sending ? KEY_OFF_WORDS.busy : block),
    back: bind('清空', clear),
  })
  return (
    <div className={styles.notices} data-testid="notices">
      <NoticeForm />
      <NoticeHistory />
    </div>
  )
}

/** Another screen may send an order here: `#/notices?order=…`. What was typed is gone when the screen is left. */
function usePersonFromAddress(prefill: (medOrgOrd: string) => Promise<void>, clear: () => void): void {
  useEffect(() => {
    const medOrgOrd = placeOf(window.location.hash).params.get('order')
    if (medOrgOrd !== null) {
      forgetParams()
      void prefill(medOrgOrd)
    }
    return clear
  }, [prefill, clear])
}
