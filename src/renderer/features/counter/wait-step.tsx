import { LoadingOutlined, UserOutlined } from '@ant-design/icons'
import { STEP_WORDS } from '../../ui/words/counter.ts'
import styles from './payment-card.module.css'
import { useCounter } from './use-counter.ts'

export function ChooseStep() {
  const waiting = useCounter((state) => (state.charges.status === 'ready' ? state.charges.value.charges.length : 0))
  return (
    <div className={styles.cue}>
      <UserOutlined className={styles.cueIcon} />
      <strong>先选定患者</strong>
      <p>{waiting > 0 ? `有 ${waiting} 笔待缴费` : '也可以直接扫身份证号或单号'}</p>
    </div>
  )
}

/** Something is on its way to the centre: nothing may be pressed. */
export function WaitStep({ step }: { step: 'uploading' | 'revoking' }) {
  return (
    <div className={styles.cue} role="status">
      <LoadingOutlined className={styles.cueIcon} />
      <strong>{STEP_WORDS[step].title}</strong>
      <p>{STEP_WORDS[step].next.words}</p>
    </div>
  )
}
