import { QRCodeSVG } from 'qrcode.react'
import { code128Widths } from '../../lib/scanner/code128.ts'
import { TEST_CODE } from '../../lib/scanner/test-code.ts'
import { CALIBRATION_WORDS } from '../../ui/words/calibration.ts'
import styles from './settings.module.css'

const MODULE_PX = 2
const BAR_HEIGHT_PX = 72
/** Quiet zone on both sides, in modules. */
const QUIET = 12

export function TestCodes() {
  return (
    <div className={styles.codes}>
      <figure>
        <QRCodeSVG value={TEST_CODE} size={132} level="M" marginSize={3} title={CALIBRATION_WORDS.qr} />
        <figcaption>{CALIBRATION_WORDS.qr}</figcaption>
      </figure>
      <figure>
        <Barcode text={TEST_CODE} />
        <figcaption>{CALIBRATION_WORDS.barcode}</figcaption>
      </figure>
    </div>
  )
}

function Barcode({ text }: { text: string }) {
  const widths = code128Widths(text)
  const whole = widths.reduce((sum, width) => sum + width, 2 * QUIET)
  const bars: { readonly x: number; readonly width: number }[] = []
  widths.reduce((x, width, index) => {
    if (index % 2 === 0) bars.push({ x, width })
    return x + width
  }, QUIET)
  return (
    <svg
      width={whole * MODULE_PX}
      height={BAR_HEIGHT_PX}
      viewBox={`0 0 ${whole} 36`}
      preserveAspectRatio="none"
      role="img"
    >
      <title>{CALIBRATION_WORDS.barcode}</title>
      <rect width={whole} height={36} fill="#fff" />
      {bars.map(({ x, width }) => (
        <rect key={x} x={x} y={3} width={width} height={30} fill="#000" shapeRendering="crispEdges" />
      ))}
    </svg>
  )
}
