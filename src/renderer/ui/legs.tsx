import type { ReactNode } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { addFen, type Fen } from '#shared/domain/money.ts'
import type { LegState } from '#shared/domain/order-status.ts'
import { Money } from './money.tsx'
import { LegStatus } from './order-status.tsx'
import styles from './ui.module.css'

type LegFacts = Pick<Order, 'legs' | 'amounts' | 'amountsFrom' | 'setlType'>

/** Both legs of a payment, large: what the insurance pays and what the patient pays, each with its state. */
export function Legs({ order }: { order: LegFacts }) {
  const { legs, setlType, amounts } = order
  return (
    <div className={styles.legs}>
      <Leg
        name="医保支付"
        fen={insurancePart(order)}
        state={<LegStatus state={legs.insurance} absent={setlType === 'CASH'} />}
        note={
          <>
            {isForecast(order, legs.insurance) && '预计 '}基金 <Money fen={amounts.fundFen} /> · 个账{' '}
            <Money fen={amounts.accountFen} />
          </>
        }
      />
      <Leg
        name="自费支付"
        fen={amounts.ownPayFen}
        state={<LegStatus state={legs.cash} absent={setlType === 'HI'} />}
        note={<OwnPayNote order={order} />}
      />
    </div>
  )
}

function OwnPayNote({ order }: { order: LegFacts }) {
  if (collectAtWindow(order)) return <strong>中心只结医保，这部分请在窗口收取</strong>
  return isForecast(order, order.legs.cash) ? '预计' : null
}

/** Before the settlement the amounts of a leg that is not paid are what the centre expects. */
function isForecast(order: LegFacts, leg: LegState): boolean {
  return order.amountsFrom === null && order.amounts.ownPayFen !== null && leg !== 'paid'
}

function Leg(props: { name: string; fen: Fen | null; state: ReactNode; note: ReactNode }) {
  return (
    <div className={styles.leg}>
      <div className={styles.legHead}>
        {props.name}
        {props.state}
      </div>
      <Money fen={props.fen} size="huge" sign />
      <div className={styles.legNote}>{props.note}</div>
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
