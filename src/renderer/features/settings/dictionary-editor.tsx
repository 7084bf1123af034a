import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { DICTIONARY_NAMES, type DictionaryName, shippedNames } from '#shared/domain/dictionaries.ts'
import { DICTIONARY_WORDS } from '../../ui/words/settings.ts'
import styles from './settings.module.css'
import { problemsAt, siteNames } from './settings-draft.ts'
import { useProblems, useSettings, useShown } from './use-settings.ts'

const OPTIONS = DICTIONARY_NAMES.map((value) => ({ value, label: `${DICTIONARY_WORDS[value]} ${value}` }))

/** Names of codes at this site, above the shipped ones. They name codes for people and decide nothing. */
export function DictionaryEditor() {
  const [dictionary, setDictionary] = useState<DictionaryName>('medType')
  const site = siteNames(useShown(), dictionary)
  const shipped = shippedNames(dictionary)
  const problems = useProblems().filter((problem) => problem.path.startsWith(`dictionaries.${dictionary}`))
  const own = Object.keys(site).filter((code) => !Object.hasOwn(shipped, code))
  return (
    <div className={styles.form}>
      <div className={styles.barRow}>
        <Select
          value={dictionary}
          options={OPTIONS}
          onChange={setDictionary}
          showSearch={{ optionFilterProp: 'label' }}
          aria-label="字典"
          className={styles.choose}
          data-testid="dictionary"
        />
        <span className={styles.meaning}>本院名称在出厂名称之前；代码照原样显示，只影响显示，不影响收费。</span>
      </div>
      <AddCode key={dictionary} dictionary={dictionary} known={[...Object.keys(shipped), ...own]} />
      {problems.map((problem) => (
        <p key={problem.path} className={styles.wrong} role="alert">
          {problem.expected}
        </p>
      ))}
      <section className={styles.scroll} aria-label={DICTIONARY_WORDS[dictionary]}>
        <table className={styles.table} data-testid="dictionary-table">
          <thead>
            <tr>
              <th>代码</th>
              <th>出厂名称</th>
              <th>本院名称</th>
            </tr>
          </thead>
          <tbody>
            {[...own, ...Object.keys(shipped)].map((code) => (
              <CodeRow
                key={code}
                dictionary={dictionary}
                code={code}
                shipped={Object.hasOwn(shipped, code) ? shipped[code] : undefined}
                site={Object.hasOwn(site, code) ? site[code] : undefined}
              />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

interface CodeRowProps {
  readonly dictionary: DictionaryName
  readonly code: string
  readonly shipped: string | undefined
  readonly site: string | undefined
}

function CodeRow({ dictionary, code, shipped, site }: CodeRowProps) {
  const rename = useSettings((state) => state.rename)
  const problems = problemsAt(useProblems(), `dictionaries.${dictionary}.${code}`)
  return (
    <tr data-testid={`code-${code}`}>
      <td className={styles.code}>{code === '' ? '（空）' : code}</td>
      <td>{shipped ?? '—'}</td>
      <td>
        <div className={styles.siteName}>
          <Input
            value={site ?? ''}
            status={problems.length > 0 ? 'error' : ''}
            placeholder="用出厂名称"
            aria-label={`${code} 的本院名称`}
            onChange={({ target }) =>
              rename(dictionary, code, target.value === '' && shipped !== undefined ? undefined : target.value)
            }
          />
          <Button
            type="text"
            size="small"
            disabled={site === undefined}
            onClick={() => rename(dictionary, code, undefined)}
          >
            去掉
          </Button>
        </div>
      </td>
    </tr>
  )
}

/** A code that nobody shipped: a sub-code of the region, a code of this hospital. */
function AddCode({ dictionary, known }: { dictionary: DictionaryName; known: readonly string[] }) {
  const rename = useSettings((state) => state.rename)
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const isKnown = known.includes(code.trim())
  const add = () => {
    rename(dictionary, code.trim(), name.trim())
    setCode('')
    setName('')
  }
  return (
    <div className={styles.barRow}>
      <Input
        value={code}
        maxLength={32}
        placeholder="新代码"
        aria-label="新代码"
        className={styles.short}
        data-testid="new-code"
        onChange={({ target }) => setCode(target.value)}
      />
      <Input
        value={name}
        maxLength={64}
        placeholder="名称"
        aria-label="新代码的名称"
        className={styles.newName}
        data-testid="new-name"
        onChange={({ target }) => setName(target.value)}
      />
      <Button disabled={code.trim() === '' || name.trim() === '' || isKnown} data-testid="add-code" onClick={add}>
        添加
      </Button>
      {isKnown && <span className={styles.wrong}>已有这个代码，在下面改</span>}
    </div>
  )
}
