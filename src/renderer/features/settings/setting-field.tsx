import { Input, Segmented } from 'antd'
import { useId, useState } from 'react'
import { SETTING_WORDS, type SettingPath } from '../../ui/words/settings.ts'
import { type FieldKind, fieldKind } from './setting-fields.ts'
import styles from './settings.module.css'
import { problemsAt, valueAt } from './settings-draft.ts'
import { useProblems, useSettings, useShown } from './use-settings.ts'

/** One setting: its name, its value, what it means, and what is wrong with it. */
export function SettingField({ path }: { path: SettingPath }) {
  const id = useId()
  const value = valueAt(useShown(), path)
  const change = useSettings((state) => state.change)
  const problems = problemsAt(useProblems(), path)
  const { name, meaning } = SETTING_WORDS[path]
  const control = { id, path, value, wrong: problems.length > 0, onValue: (next: unknown) => change(path, next) }
  return (
    <div className={styles.setting} data-testid={`setting-${path}`}>
      <label htmlFor={id}>{name}</label>
      <div>
        <Control field={fieldKind(path)} {...control} />
        {problems.length > 0 && (
          <p className={styles.wrong} id={`${id}-wrong`} role="alert" data-testid={`problem-${path}`}>
            {problems.join('；')}
          </p>
        )}
        <p className={styles.meaning}>{meaning}</p>
      </div>
    </div>
  )
}

interface ControlProps {
  readonly id: string
  readonly path: SettingPath
  readonly value: unknown
  readonly wrong: boolean
  readonly onValue: (value: unknown) => void
}

function Control({ field, ...props }: ControlProps & { field: FieldKind }) {
  if (field.kind === 'choice') return <Choice {...props} options={field.options} />
  if (field.kind === 'list') return <Lines {...props} />
  const isNumber = field.kind === 'number'
  return (
    <Input
      {...inputProps(props)}
      value={textOf(props.value)}
      type={field.kind === 'secret' ? 'password' : 'text'}
      inputMode={isNumber || field.kind === 'secret' ? 'numeric' : 'text'}
      className={isNumber || field.kind === 'secret' ? styles.short : ''}
      onChange={({ target }) => props.onValue(isNumber ? numberOf(target.value) : target.value)}
    />
  )
}

function inputProps({ id, path, wrong }: ControlProps) {
  return {
    id,
    'data-testid': `input-${path}`,
    status: wrong ? ('error' as const) : ('' as const),
    'aria-invalid': wrong,
    ...(wrong && { 'aria-describedby': `${id}-wrong` }),
    autoComplete: 'off',
  }
}

/** What is no number stays as it was typed, so that the schema names the mistake at this field. */
function numberOf(text: string): unknown {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : text
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A list, one a line. The text is kept as typed; blank lines are not entries. */
function Lines(props: ControlProps) {
  const shown = Array.isArray(props.value) ? props.value.map(String) : []
  const [text, setText] = useState(shown.join('\n'))
  // Put back, or changed elsewhere: what is typed no longer says what the setting is.
  const isStale = linesOf(text).join('\n') !== shown.join('\n')
  const onText = (next: string) => {
    setText(next)
    props.onValue(linesOf(next))
  }
  return (
    <Input.TextArea
      {...inputProps(props)}
      value={isStale ? shown.join('\n') : text}
      rows={Math.min(8, Math.max(2, text.split('\n').length))}
      onChange={({ target }) => onText(target.value)}
    />
  )
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function Choice({ path, value, options, onValue }: ControlProps & Pick<FieldKind & { kind: 'choice' }, 'options'>) {
  return (
    <Segmented
      value={String(value)}
      options={options.map((option) => ({ value: String(option.value), label: option.label }))}
      aria-label={SETTING_WORDS[path].name}
      data-testid={`input-${path}`}
      onChange={(chosen) => onValue(options.find((option) => String(option.value) === chosen)?.value)}
    />
  )
}
