import type { ReactNode } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { addFen, type Fen } from '#shared/domain/money.ts'
import { Money } from './money.tsx'
import { LegStatus } from './order-status.tsx'
import styles from './ui.module.css'

type LegFacts = Pick<Order, 'legs' | 'amounts' | 'amountsFrom' | 'setlType'>

/** Both legs of a payment, large: what the insurance pays and what the patient pays, each with its state. */
export function Legs({ order }: { order: LegFacts }) {
  const { fundFen, accountFen, ownPayFen } = order.amounts
  // Before the settlement the amounts are the centre's forecast.
  const forecast = order.amountsFrom === null ? '（预计）' : ''
  return (
    <div className={styles.legs}>
      <Leg
        name={`医保支付${forecast}`}
        fen={insurancePart(order)}
        state={<LegStatus state={order.legs.insurance} absent={order.setlType === 'CASH'} />}
        note={
          fundFen === null && accountFen === null ? null : (
            <>
              基金 <Money fen={fundFen} /> · 个账 <Money fen={accountFen} />
            </>
          )
        }
      />
      <Leg
        name={`自费支付${forecast}`}
        fen={ownPayFen}
        state={<LegStatus state={order.legs.cash} absent={order.setlType === 'HI'} />}
        note={collectAtWindow(order) ? <strong>中心只结医保，这部分请在窗口收取</strong> : null}
      />
    </div>
  )
}

function Leg(props: { name: string; fen: Fen | null; state: ReactNode; note: ReactNode }) {
  return (
    <div className={styles.leg}>
      <div className={styles.legHead}>
        {props.name}
        {props.state}
      </div>
      <Money fen={props.fen} size="huge" sign />
      {props.note !== null && <div className={styles.legNote}>{props.note}</div>}
    </div>
  )
}

function insurancePart({ amounts }: LegFacts): Fen | null {
  const { fundFen, accountFen } = amounts
  return fundFen === null || accountFen === null ? null : addFen(fundFen, accountFen)
}

/** Insurance only, yet an own part is named: its cash is taken elsewhere (quirk Q14). */
function collectAtWindow({ setlType, amounts }: LegFacts): boolean {
  return setlType === 'HI' && amounts.ownPayFen !== null && amounts.ownPayFen > 0
}
