import type { DisplayStep } from '#shared/contract/display.ts'
import type { Environment } from '#shared/contract/settings.ts'
import type { OpenedDisplay } from '../../lib/open-display.ts'

interface DisplayWords {
  /** What is so, in a few large characters. */
  readonly title: string
  /** What the patient does next, one line. */
  readonly next: string
}
const says = (title: string, next: string): DisplayWords => ({ title, next })

/** All words of the patient's display: read at two metres, by somebody who sees it for the first time. */
export const DISPLAY_WORDS: Readonly<Record<DisplayStep, DisplayWords>> = {
  voucher: says('请出示医保电子凭证', '在微信、支付宝或国家医保 APP 中打开，对准扫码枪'),
  hold: says('请稍候', '正在提交费用，请不要离开'),
  pay: says('请扫码支付', '用手机扫右边的码，核对金额后确认'),
  expired: says('还没有收到付款', '请看手机上的结果，先不要离开'),
  paid: says('支付成功', '请收好凭证'),
  partlyPaid: says('还差一部分', '请先不要离开，收费员正在查询'),
  checking: says('请稍候', '正在核对结果，请先不要离开'),
}

export const DISPLAY_PAGE_WORDS = {
  idle: '请准备医保电子凭证',
  idleNext: '在微信、支付宝或国家医保 APP 中打开',
  total: '费用总额',
  fund: '医保支付',
  account: '个人账户',
  ownPay: '自费支付',
  prepaid: '预交金',
  forecast: '预计，以支付结果为准',
  left: '剩余',
  patient: '患者',
  loading: '正在启动',
  lost: '请到窗口咨询',
  lostNext: '屏幕正在重新连接',
  unusable: '这个网址已失效，请在收费窗口重新打开患者屏',
} as const

/** What cannot be taken for a real payment says so across everything; a real one says nothing. */
export const NOT_REAL_WORDS: Readonly<Record<Environment, string | null>> = {
  production: null,
  test: '测试，不是真实收费',
  simulated: '练习，不是真实收费',
}

export const OPEN_DISPLAY_WORDS = '打开患者屏'

export const OPENED_DISPLAY_WORDS: Readonly<Record<OpenedDisplay, string>> = {
  window: '患者屏已打开。有第二块屏幕时它在那里全屏显示。',
  page: '患者屏在新窗口中打开：把它拖到朝向患者的屏幕，按 F11 全屏。没有打开时，请允许本页弹出窗口。',
  off: '设置为不用患者屏。',
  failed: '没有打开，请再试一次。',
}
