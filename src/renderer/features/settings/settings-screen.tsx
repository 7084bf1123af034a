import { useEffect, useRef } from 'react'
import { useApp } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ListBox } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { SETTINGS_NEXT } from '../../ui/words/settings.ts'
import { CalibrationPanel } from './calibration-panel.tsx'
import { DictionaryEditor } from './dictionary-editor.tsx'
import { DriftTable } from './drift-table.tsx'
import { LeaveQuestion } from './leave-question.tsx'
import { SaveBar } from './save-bar.tsx'
import { SectionForm } from './section-form.tsx'
import { SECTIONS, type Section, type SectionId, sectionOf } from './setting-fields.ts'
import styles from './settings.module.css'
import { settingsStep } from './settings-step.ts'
import { useChanges, useProblems, useSettings } from './use-settings.ts'

/** Settings: sections, one open at a time; nothing is in force until it is saved. */
export function SettingsScreen() {
  const settings = useSettings((state) => state)
  const isReady = useApp((state) => state.settings !== null)
  const screen = useRef<HTMLDivElement>(null)
  const section: Section = SECTIONS.find(({ id }) => id === settings.section) ?? SECTIONS[0]
  useEffect(() => screen.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus(), [])
  const isClean = settings.asking === null && settings.draft === null
  useKeymap({
    confirm: bind(
      settings.asking === null ? '保存' : '确认',
      () => void settings.confirm(),
      isClean ? KEY_OFF_WORDS.unchanged : null,
    ),
    back: bind(settings.asking === null ? '还原改动' : '返回', settings.back, isClean ? KEY_OFF_WORDS.unchanged : null),
    query: bind(
      '测试',
      () => section.tests !== undefined && void settings.test(section.tests),
      section.tests === undefined ? KEY_OFF_WORDS.noTest : null,
    ),
  })
  const next = SETTINGS_NEXT[settingsStep(settings, useProblems().length)]
  if (!isReady) return <Loading words="正在读取设置" />
  return (
    <div className={styles.settings} ref={screen} data-testid="settings">
      <Sections current={settings.section} onShow={settings.show} />
      <main className={styles.panel}>
        <h2 className={styles.title}>{section.title}</h2>
        <NextKey action={next.key}>
          <div className={styles.body} key={section.id}>
            <Body section={section} />
          </div>
          <LeaveQuestion />
          <SaveBar />
        </NextKey>
        <SayAndNext next={next} />
      </main>
    </div>
  )
}

function Body({ section }: { section: Section }) {
  if (section.id === 'dictionaries') return <DictionaryEditor />
  if (section.id === 'calibration') return <CalibrationPanel />
  return section.id === 'drift' ? <DriftTable /> : <SectionForm section={section} />
}

function Sections({ current, onShow }: { current: SectionId; onShow: (id: SectionId) => void }) {
  const changes = useChanges()
  const problems = useProblems()
  const show = (key: string) => {
    const found = SECTIONS.find(({ id }) => id === key)
    if (found !== undefined) onShow(found.id)
  }
  return (
    <nav className={styles.sections} aria-label="设置分类">
      <ListBox
        label="设置分类"
        chooseWords="打开分类"
        items={SECTIONS}
        keyOf={({ id }) => id}
        active={current}
        chosen={current}
        onActive={show}
        onChoose={show}
        testId="settings-sections"
        rowTestId={({ id }) => `section-${id}`}
        renderItem={({ id, title }) => (
          <div className={styles.section}>
            {title}
            <Mark
              problems={problems.filter(({ path }) => sectionOf(path) === id).length}
              changes={changes.filter(({ path }) => sectionOf(path) === id).length}
            />
          </div>
        )}
      />
    </nav>
  )
}

function Mark({ problems, changes }: { problems: number; changes: number }) {
  if (problems > 0) return <b data-tone="bad">{problems} 处有误</b>
  return changes > 0 ? <b data-tone="warning">{changes} 处改动</b> : null
}
