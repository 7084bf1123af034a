import { Input, Select } from 'antd'
import { nameOf, shippedNames } from '#shared/domain/dictionaries.ts'
import { useApp } from '../../lib/feature-store.tsx'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { NOTICE_CHANNEL_WORDS, NOTICE_CHANNELS, NOTICE_STEP_WORDS, NOTICE_TYPE_WORDS } from '../../ui/words/notices.ts'
import { noticeStep } from './notice-step.ts'
import styles from './notices.module.css'
import { useNoticeBlock, useNotices } from './use-notices.ts'

const CHANNELS = NOTICE_CHANNELS.map((channel) => ({
  // An empty value is what Ant Design draws as nothing chosen.
  value: channel === '' ? 'none' : channel,
  label: channel === '' ? NOTICE_CHANNEL_WORDS[channel] : `${channel} ${NOTICE_CHANNEL_WORDS[channel]}`,
}))

/** Left: whom to tell what, and where. Enter sends nothing; F10 does. */
export function NoticeForm() {
  const send = useNotices((state) => state.send)
  const clear = useNotices((state) => state.clear)
  const sending = useNotices((state) => state.sending)
  const block = useNoticeBlock()
  const said = NOTICE_STEP_WORDS[useNotices((state) => noticeStep(state, block))]
  return (
    <section className={styles.panel} aria-label="发通知">
      <div className={styles.form}>
        <h2>通知患者</h2>
        <Person />
        <TypeChoice />
        <Channel />
        <Messages block={block} />
        <div className={styles.actions}>
          <NextKey action={said.next.key}>
            <ActionButton
              action="confirm"
              size="large"
              disabled={block !== null}
              loading={sending}
              testId="notice-send"
              onClick={() => void send()}
            >
              发送通知
            </ActionButton>
          </NextKey>
          <ActionButton action="back" size="large" onClick={clear}>
            清空
          </ActionButton>
        </div>
      </div>
      <SayAndNext {...said} />
    </section>
  )
}

/** As the dictionary has them, with the names of this site. */
function useIdTypes() {
  const site = useApp((state) => state.settings?.dictionaries)
  const codes = Object.keys({ ...shippedNames('psnCertType'), ...site?.psnCertType })
  return codes
    .filter((code) => /^\d{2}$/.test(code))
    .toSorted()
    .map((code) => ({ value: code, label: nameOf('psnCertType', code, site) }))
}

function Person() {
  const idTypes = useIdTypes()
  const { psnName, idType, idNo } = useNotices((state) => state.form)
  const edit = useNotices((state) => state.edit)
  return (
    <div className={styles.person}>
      <label htmlFor="notice-name">姓名</label>
      <Input
        id="notice-name"
        value={psnName}
        maxLength={64}
        autoComplete="off"
        data-testid="notice-name"
        onChange={(event) => edit({ psnName: event.target.value })}
      />
      <label htmlFor="notice-id-type">证件类型</label>
      <Select
        id="notice-id-type"
        value={idType}
        options={idTypes}
        data-testid="notice-id-type"
        onChange={(value) => edit({ idType: value })}
      />
      <label htmlFor="notice-id">证件号码</label>
      <Input
        id="notice-id"
        value={idNo}
        maxLength={32}
        autoComplete="off"
        placeholder="扫身份证，或输入"
        data-testid="notice-id"
        onChange={(event) => edit({ idNo: event.target.value.trim().toUpperCase() })}
      />
    </div>
  )
}

function TypeChoice() {
  const chosen = useNotices((state) => state.form.msgType)
  const edit = useNotices((state) => state.edit)
  return (
    <fieldset className={styles.choices}>
      <legend>通知什么</legend>
      {(['1', '2'] as const).map((type) => (
        <label key={type} data-testid={`notice-type-${type}`}>
          <input type="radio" name="notice-type" checked={chosen === type} onChange={() => edit({ msgType: type })} />
          <b>{NOTICE_TYPE_WORDS[type].name}</b>
          <span className={styles.soft}>{NOTICE_TYPE_WORDS[type].note}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Channel() {
  const channel = useNotices((state) => state.form.channel)
  const edit = useNotices((state) => state.edit)
  return (
    <div className={styles.person}>
      <label htmlFor="notice-channel">发到哪里</label>
      <Select
        id="notice-channel"
        value={channel === '' ? 'none' : channel}
        options={CHANNELS}
        data-testid="notice-channel"
        onChange={(value) => edit({ channel: NOTICE_CHANNELS.find((known) => known === value) ?? '' })}
      />
    </div>
  )
}

function Messages({ block }: { block: string | null }) {
  const cue = useNotices((state) => state.cue)
  const failure = useNotices((state) => state.failure)
  return (
    <>
      {block !== null && (
        <Notice tone="warning" testId="offline-reason">
          {block}
        </Notice>
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {cue !== null && (
        <Notice tone={cue.tone} testId="notice-cue">
          {cue.words}
        </Notice>
      )}
    </>
  )
}
