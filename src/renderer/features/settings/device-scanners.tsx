import { Button } from 'antd'
import { useCallback, useState } from 'react'
import type { DeviceLinks } from '../../lib/scanner/hid-scanner.ts'
import { useLinkedScanners, useScanHandler } from '../../lib/scanner/scan-context.tsx'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import { DEVICE_WORDS } from '../../ui/words/calibration.ts'
import { CUE_WORDS } from '../../ui/words/scan.ts'
import styles from './settings.module.css'

/** HID-POS and serial scanners: connect one, see what is connected, and try it. */
export function DeviceScanners() {
  const { hid, serial } = useLinkedScanners()
  const [said, setSaid] = useState('')
  const onScan = useCallback(
    (outcome: ScanOutcome) =>
      setSaid(outcome.kind === 'incomplete' ? CUE_WORDS.incomplete : `扫到 ${outcome.text.length} 个字符`),
    [],
  )
  useScanHandler(onScan)
  const names = [...(hid?.names() ?? []), ...(serial?.names() ?? [])]
  const ask = async (links: DeviceLinks) => setSaid((await links.ask()) ? '' : DEVICE_WORDS.refused)
  return (
    <section className={styles.tests} aria-label={DEVICE_WORDS.title} data-testid="device-scanners">
      <strong>{DEVICE_WORDS.title}</strong>
      <span>{names.length === 0 ? DEVICE_WORDS.none : names.join('、')}</span>
      {hid !== undefined && <Button onClick={() => void ask(hid)}>{DEVICE_WORDS.hid}</Button>}
      {serial !== undefined && <Button onClick={() => void ask(serial)}>{DEVICE_WORDS.serial}</Button>}
      {hid === undefined && serial === undefined && <span>{DEVICE_WORDS.absent}</span>}
      <span role="status">{said}</span>
      <p className={styles.meaning}>{DEVICE_WORDS.note}</p>
    </section>
  )
}
