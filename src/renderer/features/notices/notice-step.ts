import type { Notice } from '#shared/contract/notices.ts'
import type { NoticeLack, NoticeStep } from '../../ui/words/notices.ts'

/** Whom to tell what. Lives as long as the screen is shown: nobody's number is kept in a window. */
export interface NoticeForm {
  readonly psnName: string
  readonly idType: string
  readonly idNo: string
  readonly msgType: Notice['msgType']
  readonly channel: Notice['channel']
}

/** What decides where a notice stands. */
export interface NoticeFacts {
  readonly form: NoticeForm
  readonly sending: boolean
  readonly cameOf: 'sent' | 'unknown' | null
}

/** What still has to be filled in; the first thing only. `undefined` when nothing does. */
export function lackOf({ psnName, idNo }: NoticeForm): NoticeLack | undefined {
  if (psnName.trim() === '') return 'name'
  return idNo.trim() === '' ? 'idNo' : undefined
}

/** Where the notice stands. Pure. `block`: why nothing may be sent now. */
export function noticeStep({ form, sending, cameOf }: NoticeFacts, block: string | null): NoticeStep {
  if (sending) return 'sending'
  if (block !== null) return 'blocked'
  return cameOf ?? lackOf(form) ?? 'ready'
}
