import { LoadingOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import type { Fen } from '#shared/domain/money.ts'
import type { LegState } from '#shared/domain/order-status.ts'
import type { RefundType } from '#shared/domain/refund-step.ts'
import { Money } from '../../ui/money.tsx'
import { LegStatus } from '../../ui/order-status.tsx'
import type { RefundStep } from '../../ui/words/refunds.ts'
import styles from './refund.module.css'
import { backOf, paidOf } from './refund-flow.ts'

interface LegsProps {
  readonly order: Order
  readonly type: RefundType | null
  readonly step: RefundStep
}

/** Both legs: what was paid, what will go back, and how far that is. */
export function RefundLegs({ order, type, step }: LegsProps) {
  const { legs, setlType, amounts } = order
  const paid = paidOf(order)
  const back = type === null ? { insurance: undefined, cash: undefined } : backOf(order, type)
  return (
    <div className={styles.legs} data-testid="refund-legs">
      <Leg
        name="医保支付"
        paid={paid.insuranceFen}
        back={back.insurance}
        step={step}
        state={legs.insurance}
        absent={setlType === 'CASH'}
        note={
          <>
            基金 <Money fen={amounts.fundFen} /> · 个账 <Money fen={amounts.accountFen} />
          </>
        }
      />
      <Leg
        name="自费支付"
        paid={paid.cashFen}
        back={back.cash}
        step={step}
        state={legs.cash}
        absent={setlType === 'HI'}
        note={null}
      />
    </div>
  )
}

interface LegProps {
  readonly name: string
  readonly paid: Fen | null
  readonly back: Fen | null | undefined
  readonly step: RefundStep
  readonly state: LegState
  readonly absent: boolean
  readonly note: ReactNode
}

function Leg({ name, paid, back, step, state, absent, note }: LegProps) {
  return (
    <div className={styles.leg}>
      <div className={styles.legHead}>
        <b>{name}</b>
        {step === 'sending' && back !== undefined ? (
          <span className={styles.soft}>
            <LoadingOutlined /> 正在退
          </span>
        ) : (
          <LegStatus state={state} absent={absent} />
        )}
      </div>
      <dl>
        <dt>已付</dt>
        <dd>
          <Money fen={paid} sign />
        </dd>
        <dt>{state === 'refunded' ? '已退回' : isOpen(step) ? '将退回' : '退回'}</dt>
        <dd className={styles.back}>
          <Back back={back} step={step} state={state} paid={paid} absent={absent} />
        </dd>
      </dl>
      {!absent && note !== null && <p className={styles.soft}>{note}</p>}
    </div>
  )
}

function isOpen(step: RefundStep): boolean {
  return step === 'choose' || step === 'half' || step === 'confirm'
}

function Back({ back, step, state, paid, absent }: Omit<LegProps, 'name' | 'note'>) {
  if (step === 'unknown' && !absent) return <span className={styles.soft}>等查明</span>
  if (state === 'refunded') return <Money fen={paid} size="large" sign />
  if (back === undefined || step === 'done' || step === 'closed') return <span className={styles.soft}>不退</span>
  return (
    <>
      {state === 'partlyRefunded' && <span className={styles.soft}>至多 </span>}
      <Money fen={back} size="large" sign />
    </>
  )
}
