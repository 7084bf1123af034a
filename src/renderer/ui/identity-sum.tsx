import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import type { Fen } from '#shared/domain/money.ts'
import { checkIdentity, type IdentityCheck, type SettlementAmounts } from '#shared/domain/settlement.ts'
import { Money } from './money.tsx'
import styles from './ui.module.css'

/**
 * The settlement identity as a sum that can be checked by eye: 目录内 + 目录外 = 基金 + 个人账户 + 自费 + 预交金.
 * The centre's 费用总额 leaves out what the catalogue does not cover: here it bears the name of what it is, because everywhere
 * else the total is the whole.
 * `held` is the main process's verdict, null while the centre has not told enough; the window only does the arithmetic.
 */
export function IdentitySum({ amounts, held }: { amounts: SettlementAmounts; held: boolean | null }) {
  const check = checkIdentity(amounts)
  return (
    <section
      className={styles.identity}
      aria-label="金额核对"
      data-testid="identity-sum"
      data-holds={held ?? undefined}
    >
      <Side
        parts={[
          ['目录内', amounts.feeSumFen],
          ['目录外', amounts.outOfCatalogueFen],
        ]}
        sum={check?.leftFen}
      />
      <span className={styles.equals}>{held === false ? '≠' : '＝'}</span>
      <Side
        parts={[
          ['医保基金', amounts.fundFen],
          ['个人账户', amounts.accountFen],
          ['自费', amounts.ownPayFen],
          ['预交金', amounts.prepaidFen],
        ]}
        sum={check?.rightFen}
      />
      <Verdict held={held} check={check} />
    </section>
  )
}

function Side({ parts, sum }: { parts: readonly (readonly [string, Fen | null])[]; sum: Fen | undefined }) {
  return (
    <dl className={styles.side}>
      {parts.map(([name, fen], index) => (
        <div key={name}>
          <dt>
            {index > 0 && <span className={styles.plus}>＋</span>}
            {name}
          </dt>
          <dd>
            <Money fen={fen} />
          </dd>
        </div>
      ))}
      <div className={styles.sum}>
        <dt>合计</dt>
        <dd>
          <Money fen={sum ?? null} />
        </dd>
      </div>
    </dl>
  )
}

function Verdict({ held, check }: { held: boolean | null; check: IdentityCheck | undefined }) {
  if (held === null || check === undefined) return <p className={styles.verdict}>金额还不全，暂不能核对</p>
  if (held) {
    return (
      <p className={styles.verdict} data-tone="good">
        <CheckCircleFilled /> 两边相等
      </p>
    )
  }
  return (
    <p className={styles.verdict} data-tone="bad">
      <CloseCircleFilled /> 相差 <Money fen={check.differenceFen} sign />
    </p>
  )
}
