import { useApp } from '../../lib/feature-store.tsx'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ENVIRONMENT_WORDS } from '../../ui/words/desk.ts'
import { ENVIRONMENT_NOTES } from '../../ui/words/settings.ts'
import styles from './settings.module.css'
import { useChanges, useProblems, useSettings, useShown } from './use-settings.ts'

/** Below every section: what is not saved yet, what is wrong with it, and the questions before it is saved. */
export function SaveBar() {
  const asking = useSettings((state) => state.asking)
  const failure = useSettings((state) => state.failure)
  return (
    <footer className={styles.bar} data-testid="save-bar">
      {failure !== null && <FailureLine failure={failure} />}
      {asking === 'save' && <Summary />}
      {asking === 'environment' && <EnvironmentQuestion />}
      {asking !== 'save' && asking !== 'environment' && <Pending />}
    </footer>
  )
}

function Pending() {
  const changes = useChanges()
  const problems = useProblems()
  const { saving, saved, askSave, back } = useSettings((state) => state)
  const isClean = changes.length === 0
  return (
    <div className={styles.barRow}>
      <span data-testid="draft-state" data-tone={problems.length > 0 ? 'bad' : isClean ? 'neutral' : 'warning'}>
        {stateWords(changes.length, problems.length, saved)}
      </span>
      <ActionButton action="back" disabled={isClean || saving} testId="settings-revert" onClick={back}>
        还原
      </ActionButton>
      <ActionButton action="confirm" disabled={isClean} loading={saving} testId="settings-save" onClick={askSave}>
        {problems.length > 0 ? '去改第一处错误' : '保存'}
      </ActionButton>
    </div>
  )
}

function stateWords(changes: number, problems: number, saved: boolean): string {
  if (problems > 0) return `${changes} 处改动，其中 ${problems} 处不符合要求，改好才能保存`
  if (changes > 0) return `${changes} 处改动没有保存`
  return saved ? '已保存，已经生效' : '没有改动'
}

/** Old and new of each change; F10 again saves. */
function Summary() {
  const changes = useChanges()
  const confirm = useSettings((state) => state.confirm)
  const back = useSettings((state) => state.back)
  return (
    <div role="alertdialog" aria-label="确认保存" data-testid="save-question">
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={`${change.path} ${change.name}`}>
            <b>{change.name}</b> {change.from} → <strong>{change.to}</strong>
          </li>
        ))}
      </ul>
      <div className={styles.barRow}>
        <span>保存后立即生效；正在等待中心答复时不能保存</span>
        <ActionButton action="back" onClick={back}>
          返回
        </ActionButton>
        <ActionButton action="confirm" testId="save-confirm" onClick={() => void confirm()}>
          确认保存
        </ActionButton>
      </div>
    </div>
  )
}

function EnvironmentQuestion() {
  const wanted = useShown().environment
  const now = useApp((state) => state.settings?.environment)
  const confirm = useSettings((state) => state.confirm)
  const back = useSettings((state) => state.back)
  if (wanted !== 'production' && wanted !== 'test' && wanted !== 'simulated') return null
  const name = ENVIRONMENT_WORDS[wanted].name
  return (
    <div role="alertdialog" aria-label="确认切换环境" data-testid="environment-question">
      <Notice tone={wanted === 'production' ? 'bad' : 'warning'}>
        <strong>将切换到 {name} 环境</strong>
        {now !== undefined && `（现在是 ${ENVIRONMENT_WORDS[now].name}）`}。{ENVIRONMENT_NOTES[wanted]}
      </Notice>
      <div className={styles.barRow}>
        <span>切换后看到的是该环境自己的订单</span>
        <ActionButton action="back" onClick={back}>
          返回
        </ActionButton>
        <ActionButton action="confirm" danger testId="environment-confirm" onClick={() => void confirm()}>
          切换到 {name}
        </ActionButton>
      </div>
    </div>
  )
}
