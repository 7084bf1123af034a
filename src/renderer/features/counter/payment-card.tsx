import { CheckOutlined } from '@ant-design/icons'
import { useNow } from '../../lib/feature-store.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OrderStatus } from '../../ui/order-status.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { useQuestionNext } from '../../ui/use-question-next.ts'
import { BLOCKED_WORDS, type CounterStep, STEP_WORDS } from '../../ui/words/counter.ts'
import { ERROR_WORDS } from '../../ui/words/errors.ts'
import { QUESTION_WORDS } from '../../ui/words/scan.ts'
import type { NextStep } from '../../ui/words/words.ts'
import { STAGE_OF, sayToPatient } from './counter-flow.ts'
import { NotReal } from './not-real.tsx'
import { PayStep } from './pay-step.tsx'
import styles from './payment-card.module.css'
import { QuestionBand } from './question-band.tsx'
import { ResultStep } from './result-step.tsx'
import { ScanStep } from './scan-step.tsx'
import type { StepProps } from './step-props.ts'
import { useCounter, useMoneyBlock } from './use-counter.ts'
import type { ScanReady } from './use-scan-ready.ts'
import { ChooseStep, WaitStep } from './wait-step.tsx'

/** Right: the one card that walks a payment from scan to settled, and below it what to say and which key is next. */
export function PaymentCard({ scanReady, ...given }: Omit<StepProps, 'nowMs'> & { scanReady: ScanReady }) {
  const props: StepProps = { ...given, nowMs: useNow() }
  const order = useCounter((state) => state.order)
  const medOrgOrd = useCounter((state) => state.medOrgOrd)
  const next = useNext(props.step)
  return (
    <section className={styles.card} aria-label="支付">
      <NotReal />
      <Stages step={props.step} />
      <header className={styles.head}>
        <h2>{STEP_WORDS[props.step].title}</h2>
        {medOrgOrd !== null && <OrderStatus state={order?.state ?? 'created'} size="large" testId="order-state" />}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled by keyboard only when it has focus. */}
      <div className={styles.body} tabIndex={0}>
        <Messages />
        <NextKey action={next.key}>
          <Step {...props} />
        </NextKey>
      </div>
      <ScanReadyMark step={props.step} scanReady={scanReady} />
      <SayAndNext patient={next.patient} next={next} />
    </section>
  )
}

function Step(props: StepProps) {
  switch (props.step) {
    case 'choose':
      return <ChooseStep />
    case 'scan':
    case 'confirm':
      return <ScanStep {...props} />
    case 'uploading':
    case 'revoking':
      return <WaitStep step={props.step} />
    case 'paying':
    case 'expired':
      return <PayStep {...props} />
    default:
      return <ResultStep {...props} />
  }
}

const STAGE_NAMES = ['扫码', '上传', '患者支付', '结清'] as const

function Stages({ step }: { step: CounterStep }) {
  const current = STAGE_OF[step]
  return (
    <ol className={styles.stages}>
      {STAGE_NAMES.map((name, index) => {
        const stage = index + 1
        const isDone = stage < current || step === 'settled'
        return (
          <li key={name} aria-current={stage === current ? 'step' : undefined} data-done={isDone}>
            <span>{isDone ? <CheckOutlined /> : stage}</span>
            {name}
          </li>
        )
      })}
    </ol>
  )
}

function Messages() {
  const block = useMoneyBlock()
  const cue = useCounter((state) => state.cue)
  const failure = useCounter((state) => state.failure)
  return (
    <>
      {block !== null && (
        <Notice tone="warning" testId="offline-reason">
          {block}
        </Notice>
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {cue !== null && (
        <Notice tone={cue.tone} testId="scan-cue">
          {cue.words}
        </Notice>
      )}
      <QuestionBand />
    </>
  )
}

/** Where focus rests. It says whether a scan would arrive, and how to get there when it would not. */
function ScanReadyMark({ step, scanReady }: { step: CounterStep; scanReady: ScanReady }) {
  const wantsScan = step === 'scan' || step === 'choose' || step === 'confirm'
  return (
    <div
      ref={scanReady.ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: focus must rest on something not editable (scanning.md).
      tabIndex={0}
      role="note"
      className={styles.ready}
      data-testid="scan-ready"
      data-rest="true"
      data-ready={scanReady.isReady}
      data-wanted={wantsScan}
      onClick={scanReady.makeReady}
      onKeyDown={undefined}
    >
      <i className={styles.lamp} />
      {scanReady.isReady ? (wantsScan ? '扫码就绪' : '键盘就绪') : '正在输入文字，不能扫码'}
      <KeyHint action="scanReady" />
    </div>
  )
}

/** What comes next; the line below the card and its primary button are both told from this. */
function useNext(step: CounterStep): NextStep & { readonly patient: string } {
  const order = useCounter((state) => state.order)
  const failure = useCounter((state) => state.failure)
  const askingRevoke = useCounter((state) => state.askingRevoke)
  const scanQuestion = useCounter((state) => state.question)
  const question = useQuestionNext(order?.medOrgOrd ?? null, askingRevoke)
  const isBlocked = useMoneyBlock() !== null && (step === 'scan' || step === 'confirm')
  const patient = isBlocked ? BLOCKED_WORDS.patient : sayToPatient(step, order, failure)
  if (isBlocked) return { patient, key: null, words: BLOCKED_WORDS.next }
  if (scanQuestion !== null) {
    const { yes, no } = QUESTION_WORDS[scanQuestion.kind]
    // The usual answer first: the patient's own voucher, not somebody else's.
    if (scanQuestion.kind === 'otherPerson') {
      return { patient: ERROR_WORDS.PATIENT_MISMATCH.patient, key: 'back', words: `${no}；确属代付按 F10` }
    }
    return { patient, key: 'confirm', words: `${yes}；${no}按 Esc` }
  }
  if (question !== null) return { patient, ...question }
  return { patient, ...STEP_WORDS[step].next }
}
