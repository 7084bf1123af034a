import { lastValue } from '../../lib/remote.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { QUESTION_WORDS } from '../../ui/words/scan.ts'
import type { ScanQuestion } from './counter-state.ts'
import styles from './payment-card.module.css'
import { useCounter } from './use-counter.ts'

/** What a scan asks before it changes anything: F10 or Esc answers, Enter alone never does. */
export function QuestionBand() {
  const question = useCounter((state) => state.question)
  const answer = useCounter((state) => state.answer)
  const name = useCounter((state) => lastValue(state.charge)?.patientName ?? state.order?.patientName ?? '这位患者')
  if (question === null) return null
  const { note, yes, no } = QUESTION_WORDS[question.kind]
  const isOther = question.kind === 'otherPerson'
  return (
    <div
      className={styles.question}
      role="alertdialog"
      aria-label={yes}
      data-testid="scan-question"
      data-kind={question.kind}
    >
      <strong>{titleOf(question, name)}</strong>
      <p>{note}</p>
      <div className={styles.actions}>
        <ActionButton
          action="confirm"
          primary={!isOther}
          danger={isOther}
          testId="question-yes"
          onClick={() => void answer(true)}
        >
          {yes}
        </ActionButton>
        <ActionButton action="back" testId="question-no" onClick={() => void answer(false)}>
          {no}
        </ActionButton>
      </div>
    </div>
  )
}

function titleOf(question: ScanQuestion, name: string): string {
  switch (question.kind) {
    case 'otherCharge':
      return QUESTION_WORDS.otherCharge.title(name, question.found.name)
    case 'otherToken':
      return QUESTION_WORDS.otherToken.title()
    case 'otherPerson':
      return QUESTION_WORDS.otherPerson.title(question.words)
  }
}
