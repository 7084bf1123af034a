import type { Charge } from '#shared/contract/charges.ts'
import type { Order } from '#shared/contract/orders.ts'
import { lastValue, type Remote } from '../../lib/remote.ts'
import { useNames } from '../../lib/use-names.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { Notice } from '../../ui/notice.tsx'
import styles from './charge-view.module.css'
import { NotReal } from './not-real.tsx'
import { useCounter } from './use-counter.ts'

/** Middle: whose charge it is and what it consists of. */
export function ChargeView() {
  const medOrgOrd = useCounter((state) => state.medOrgOrd)
  const charge = useCounter((state) => state.charge)
  const order = useCounter((state) => state.order)
  return (
    <section className={styles.panel} aria-label="费用" data-testid="charge">
      <NotReal />
      {medOrgOrd === null ? (
        <EmptyState title="还没有选定患者">
          用 ↑ ↓ 选择左边的待缴费，按 Enter 选定；
          <br />
          也可以扫身份证号或单号
        </EmptyState>
      ) : (
        <OpenCharge charge={charge} order={order} />
      )}
    </section>
  )
}

function OpenCharge({ charge, order }: { charge: Remote<Charge>; order: Order | null }) {
  const known = lastValue(charge)
  if (known !== undefined) return <ChargeDetails charge={known} />
  if (charge.status !== 'failed') return <Loading words="正在取费用明细" />
  return (
    <>
      {order !== null && <KnownFromOrder order={order} />}
      <ErrorState failure={charge.failure} />
    </>
  )
}

/** The hospital's system does not answer for this charge, but the order is in our own store. */
function KnownFromOrder({ order }: { order: Order }) {
  return (
    <header className={styles.head}>
      <h2 title={order.patientName}>{order.patientName}</h2>
      <span>{order.deptName}</span>
      <span className={styles.total}>
        <Money fen={order.totalFen} size="huge" sign />
      </span>
    </header>
  )
}

function ChargeDetails({ charge }: { charge: Charge }) {
  const nameOf = useNames()
  return (
    <>
      <header className={styles.head}>
        <div className={styles.who}>
          <h2 title={charge.patientName}>{charge.patientName}</h2>
          <Masked text={charge.maskedIdNo} />
          <p>
            {charge.deptName} · {charge.drName} · {charge.visitTime.slice(0, 16)}
          </p>
          <p className={styles.facts}>
            <span>就诊号 {charge.visitNo}</span>
            <span>{nameOf('medType', charge.medType)}</span>
            {charge.insutype !== '' && <span>{nameOf('insutype', charge.insutype)}</span>}
          </p>
        </div>
        <Totals charge={charge} />
      </header>
      {charge.linesSumFen !== charge.totalFen && (
        <div className={styles.warning}>
          <Notice tone="warning">
            明细合计 <Money fen={charge.linesSumFen} /> 与总额 <Money fen={charge.totalFen} /> 不同，以总额为准
          </Notice>
        </div>
      )}
      <FeeLines charge={charge} />
      <Diagnoses charge={charge} />
      <footer className={styles.foot}>
        <span>单号 {charge.medOrgOrd}</span>
        <Age atMs={charge.fetchedAtMs} label="截至" />
      </footer>
    </>
  )
}

function Totals({ charge }: { charge: Charge }) {
  return (
    <dl className={styles.totals}>
      <div className={styles.total}>
        <dt>总额</dt>
        <dd data-testid="charge-total">
          <Money fen={charge.totalFen} size="huge" sign />
        </dd>
      </div>
      <div>
        <dt>目录内</dt>
        <dd>
          <Money fen={charge.catalogueFen} />
        </dd>
        <dt>目录外</dt>
        <dd>
          <Money fen={charge.outOfCatalogueFen} />
        </dd>
        {charge.prepaidBalanceFen !== 0 && (
          <>
            <dt>预交余额</dt>
            <dd>
              <Money fen={charge.prepaidBalanceFen} />
            </dd>
          </>
        )}
      </div>
    </dl>
  )
}

function FeeLines({ charge: { lines, linesSumFen } }: { charge: Charge }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.lines} tabIndex={0} aria-label="费用明细">
      <table>
        <thead>
          <tr>
            <th>#</th>
            <th>项目</th>
            <th className={styles.spec}>规格</th>
            <th className={`${styles.figure} ${styles.price}`}>单价</th>
            <th className={styles.figure}>数量</th>
            <th className={styles.figure}>金额</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.feedetlSn}>
              <td className={styles.number}>{index + 1}</td>
              <td title={`${line.name} ${line.code}`}>{line.name}</td>
              <td className={styles.spec} title={line.spec}>
                {line.spec}
              </td>
              <td className={`${styles.figure} ${styles.price}`}>{trimDecimal(line.price, 2)}</td>
              <td className={styles.figure}>{trimDecimal(line.count, 0)}</td>
              <td className={styles.figure}>{trimDecimal(line.amount, 2)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>合计 {lines.length} 项</td>
            <td className={styles.spec} />
            <td className={`${styles.figure} ${styles.price}`} />
            <td colSpan={2} className={styles.figure}>
              <Money fen={linesSumFen} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

/** Zeros at the end say nothing; every other digit stays as it came: 12.500000 → 12.50, 0.012300 → 0.0123. */
function trimDecimal(text: string, least: number): string {
  const [whole = '', fraction = ''] = text.split('.', 2)
  const kept = fraction.replace(/0+$/, '').padEnd(least, '0')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return kept === '' ? grouped : `${grouped}.${kept}`
}

function Diagnoses({ charge }: { charge: Charge }) {
  const nameOf = useNames()
  if (charge.diagnoses.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard only when it has focus.
    <ul className={styles.diagnoses} tabIndex={0} aria-label="诊断">
      {charge.diagnoses.map((diagnosis, index) => (
        <li key={`${diagnosis.code} ${diagnosis.type}`}>
          <span className={styles.soft}>{index === 0 ? '诊断' : ''}</span>
          <b>{diagnosis.name}</b>
          <span className={styles.soft}>
            {diagnosis.code} · {nameOf('diagType', diagnosis.type)} · {diagnosis.doctorName}
          </span>
        </li>
      ))}
    </ul>
  )
}
