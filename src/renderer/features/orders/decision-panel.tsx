import { Input, Radio } from 'antd'
import { useEffect, useRef } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { DECISION_OUTCOMES, EVIDENCE_KINDS } from '#shared/domain/decision.ts'
import { bind } from '../../lib/key-registry.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import {
  DECISION_LACK_WORDS,
  DECISION_STEP_WORDS,
  DECISION_WORDS,
  EVIDENCE_WORDS,
  OUTCOME_MEANS,
  OUTCOME_WORDS,
} from '../../ui/words/decisions.ts'
import { OPERATION_WORDS } from '../../ui/words/operations.ts'
import styles from './decision.module.css'
import { useDecision } from './decision-store.ts'

/**
 * A person ends an unknown outcome, or an alarm. Never by Enter alone: F10 asks once more, and the answer is four
 * characters that must be looked up, then F10.
 */
export function DecisionPanel({ order }: { order: Order }) {
  const decision = useDecision((state) => state)
  const isDeciding = decision.addition?.mode === 'decide'
  const words = DECISION_STEP_WORDS[decision.asking ? 'question' : 'form']
  const panel = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the two questions begins at its first field.
  useEffect(() => panel.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [decision.asking])
  useKeymap(
    {
      confirm: bind(words, () => void decision.confirm()),
      back: bind('返回，不改动', decision.back),
    },
    { rank: 'question' },
  )
  return (
    <section
      ref={panel}
      className={styles.panel}
      role="alertdialog"
      aria-label={isDeciding ? DECISION_WORDS.decideTitle : DECISION_WORDS.noteTitle}
      data-testid="decision"
    >
      <h3>{isDeciding ? DECISION_WORDS.decideTitle : DECISION_WORDS.noteTitle}</h3>
      <p className={styles.soft}>{isDeciding ? DECISION_WORDS.decideNote : DECISION_WORDS.noteNote}</p>
      {decision.asking ? <SecondQuestion order={order} /> : <Form order={order} />}
      {decision.lack !== null && (
        <Notice tone="warning" testId="decision-lack">
          {DECISION_LACK_WORDS[decision.lack]}
        </Notice>
      )}
      {decision.failure !== null && <FailureLine failure={decision.failure} />}
      <div className={styles.actions}>
        <ActionButton
          action="confirm"
          danger
          loading={decision.sending}
          testId="decision-confirm"
          onClick={() => void decision.confirm()}
        >
          {words}
        </ActionButton>
        <ActionButton action="back" onClick={decision.back}>
          返回
        </ActionButton>
      </div>
    </section>
  )
}

function Form({ order }: { order: Order }) {
  const decision = useDecision((state) => state)
  const isDeciding = decision.addition?.mode === 'decide'
  return (
    <>
      {isDeciding && <Evidence order={order} />}
      <label className={styles.field} htmlFor="decision-note">
        <span>{isDeciding ? '查证的经过（向谁查、怎么答的）' : '查到了什么、怎么处理的'}</span>
        <Input.TextArea
          value={decision.note}
          maxLength={200}
          rows={2}
          id="decision-note"
          data-testid="decision-note"
          onChange={(event) => decision.set({ note: event.target.value })}
        />
      </label>
    </>
  )
}

function Evidence({ order }: { order: Order }) {
  const decision = useDecision((state) => state)
  const kind = order.operation?.kind ?? 'upload'
  return (
    <>
      <fieldset className={styles.field}>
        <legend>{OPERATION_WORDS[kind]}：中心那边到底有没有做成？</legend>
        <Radio.Group
          value={decision.outcome}
          onChange={(event) => decision.set({ outcome: event.target.value })}
          options={DECISION_OUTCOMES.map((outcome) => ({
            value: outcome,
            label: `${OUTCOME_WORDS[outcome]}（${OUTCOME_MEANS[kind][outcome]}）`,
          }))}
          vertical
          data-testid="decision-outcome"
        />
      </fieldset>
      <fieldset className={styles.field}>
        <legend>依据</legend>
        <Radio.Group
          value={decision.evidenceKind}
          onChange={(event) => decision.set({ evidenceKind: event.target.value })}
          data-testid="decision-evidence"
        >
          {EVIDENCE_KINDS.map((value) => (
            <Radio key={value} value={value} data-testid={`decision-evidence-${value}`}>
              {EVIDENCE_WORDS[value]}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <label className={styles.field} htmlFor="decision-number">
        <span>号码（电话答复可填工号；生产环境必填）</span>
        <Input
          value={decision.evidenceNumber}
          maxLength={64}
          autoComplete="off"
          id="decision-number"
          data-testid="decision-number"
          onChange={(event) => decision.set({ evidenceNumber: event.target.value })}
        />
      </label>
    </>
  )
}

function SecondQuestion({ order }: { order: Order }) {
  const { outcome, evidenceKind, evidenceNumber, note, tail, set } = useDecision((state) => state)
  const kind = order.operation?.kind ?? 'upload'
  return (
    <>
      <p className={styles.what} data-testid="decision-summary">
        {outcome !== null && evidenceKind !== null && (
          <>
            <b>{OPERATION_WORDS[kind]}</b> {OUTCOME_WORDS[outcome]}：{OUTCOME_MEANS[kind][outcome]}
            <br />
            依据：{EVIDENCE_WORDS[evidenceKind]} {evidenceNumber}
            <br />
          </>
        )}
        经过：{note}
      </p>
      <label className={styles.field} htmlFor="decision-tail">
        <span>
          请输入单号 <b>{order.medOrgOrd}</b> 的后四位
        </span>
        <Input
          className={styles.tail}
          value={tail}
          size="large"
          maxLength={4}
          autoComplete="off"
          id="decision-tail"
          data-testid="decision-tail"
          onChange={(event) => set({ tail: event.target.value })}
        />
      </label>
    </>
  )
}
