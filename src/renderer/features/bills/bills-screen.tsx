import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { bind } from '../../lib/key-registry.ts'
import { lastValue } from '../../lib/remote.ts'
import { isTextField } from '../../lib/scanner/text-leak.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { BILL_NEXT } from '../../ui/words/bills.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { billStep } from './bill-step.ts'
import { BillView } from './bill-view.tsx'
import styles from './bills.module.css'
import { DownloadForm } from './download-form.tsx'
import { KeptBills } from './kept-bills.tsx'
import { useBills } from './use-bills.ts'

/** The bill of a day (interface 1.5): fetched, compared with this desk's orders, and read again from the store. */
export function BillsScreen() {
  const bills = useBills((state) => state)
  const day = useRef<InputRef>(null)
  const screen = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(null)
  const { loadKept } = bills
  useEffect(() => {
    void loadKept()
  }, [loadKept])
  const bill = lastValue(bills.bill)
  useKeymap({
    find: bind('改账单日期', () => day.current?.focus({ cursor: 'all' })),
    confirm: bind('下载并核对', () => void bills.download(), bills.downloading ? KEY_OFF_WORDS.busy : null),
    query: bind('重新核对', () => void bills.compare(), bill === undefined ? KEY_OFF_WORDS.noBill : null),
    back: bind('回到列表', () => focusRows(screen.current)),
  })
  const billId = bill?.billId
  useEffect(() => {
    if (billId !== undefined && !isTextField(document.activeElement)) focusRows(screen.current)
  }, [billId])
  const next = BILL_NEXT[billStep(bills)]
  return (
    <div className={styles.bills} ref={screen} data-testid="bills">
      <section className={styles.side} aria-label="下载与已下载的对账单">
        <NextKey action={next.key}>
          <DownloadForm dayRef={day} />
        </NextKey>
        <KeptBills active={active} onActive={setActive} />
      </section>
      <section className={styles.panel} aria-label="对账单">
        {bill !== undefined && <BillView bill={bill} />}
        {bill === undefined && bills.bill.status === 'failed' && <ErrorState failure={bills.bill.failure} />}
        {bill === undefined && bills.bill.status === 'loading' && <Loading words="正在打开对账单" />}
        {bill === undefined && bills.bill.status === 'idle' && <NothingOpen />}
        <SayAndNext next={next} />
      </section>
    </div>
  )
}

function NothingOpen() {
  const downloading = useBills((state) => state.downloading)
  if (downloading) return <Loading words="正在下载并核对" />
  return (
    <EmptyState title="还没有打开对账单">
      左边选日期和类型，按 F10 下载；
      <br />
      下载过的可从列表打开，断网也能看
    </EmptyState>
  )
}

function focusRows(root: HTMLElement | null): void {
  const list = root?.querySelector<HTMLElement>('[data-testid="bill-rows"]')
  const kept = root?.querySelector<HTMLElement>('[data-testid="kept-bills"]')
  ;(list ?? kept)?.focus()
}
