import { QRCodeSVG } from 'qrcode.react'
import type { DisplayPayment, DisplaySplit, DisplayStep } from '#shared/contract/display.ts'
import { type Fen, formatYuan } from '#shared/domain/money.ts'
import { countdownWords } from '../ui/time-words.ts'
import { DISPLAY_PAGE_WORDS, DISPLAY_WORDS } from '../ui/words/display.ts'

/** One payment as its patient may see it: the parts, the code to scan, the time left, the result, and one line. */
export function Payment({ payment, nowMs }: { payment: DisplayPayment; nowMs: number }) {
  const { step, shownName, split, payCode } = payment
  const { title, next } = DISPLAY_WORDS[step]
  return (
    <main className="payment" data-step={step} data-testid="display-payment">
      <h1 data-testid="display-title">
        <span className="sign" aria-hidden="true">
          {SIGNS[step]}
        </span>
        {title}
      </h1>
      <div className="parts">
        <div>
          <p className="patient" data-testid="display-name">
            {DISPLAY_PAGE_WORDS.patient} {shownName}
          </p>
          <MainPart split={split} />
        </div>
        <OtherParts split={split} />
      </div>
      {payCode !== null && (
        <figure data-testid="display-code" data-url={payCode.url}>
          <QRCodeSVG value={payCode.url} size={512} level="M" marginSize={2} title={title} />
          {payCode.untilMs !== null && (
            <TimeLeft leftMs={payCode.untilMs - nowMs} wholeMs={payCode.untilMs - payCode.fromMs} />
          )}
        </figure>
      )}
      <p className="next" data-testid="display-next">
        {next}
      </p>
    </main>
  )
}

/** Not by colour alone. */
const SIGNS: Readonly<Record<DisplayStep, string>> = {
  voucher: '①',
  hold: '…',
  pay: '②',
  expired: '!',
  paid: '✓',
  partlyPaid: '!',
  checking: '…',
}

/** What the patient pays, where somebody has told it; what the whole costs until then. */
function MainPart({ split: { ownPayFen, totalFen } }: { split: DisplaySplit }) {
  const [name, amount] =
    ownPayFen === null ? [DISPLAY_PAGE_WORDS.total, totalFen] : [DISPLAY_PAGE_WORDS.ownPay, ownPayFen]
  return (
    <p className="main-part">
      <span>{name}</span>
      <b data-digits={formatYuan(amount).length}>¥{formatYuan(amount)}</b>
    </p>
  )
}

function OtherParts({ split }: { split: DisplaySplit }) {
  const { totalFen, fundFen, accountFen, ownPayFen, prepaidFen, isForecast } = split
  if (ownPayFen === null) return null
  return (
    <div>
      <Part name={DISPLAY_PAGE_WORDS.fund} amount={fundFen} />
      <Part name={DISPLAY_PAGE_WORDS.account} amount={accountFen} />
      {prepaidFen !== 0 && <Part name={DISPLAY_PAGE_WORDS.prepaid} amount={prepaidFen} />}
      <Part name={DISPLAY_PAGE_WORDS.total} amount={totalFen} />
      {isForecast && <p className="forecast">{DISPLAY_PAGE_WORDS.forecast}</p>}
    </div>
  )
}

function Part({ name, amount }: { name: string; amount: Fen | null }) {
  if (amount === null) return null
  return (
    <p className="part">
      <span>{name}</span>
      <b>¥{formatYuan(amount)}</b>
    </p>
  )
}

function TimeLeft({ leftMs, wholeMs }: { leftMs: number; wholeMs: number }) {
  return (
    <figcaption className="left" role="timer">
      {DISPLAY_PAGE_WORDS.left} <b data-testid="display-countdown">{countdownWords(Math.min(leftMs, wholeMs))}</b>
    </figcaption>
  )
}
