import { maskName } from '#shared/domain/masks.ts'
import { addFen, type Fen, formatYuan } from '#shared/domain/money.ts'
import { readOrdStas } from '#shared/domain/order-status.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { type CentreOrder, isOpen } from './orders.ts'
import { PHONE_STYLE } from './phone-style.ts'
import { phonePath } from './phone-url.ts'

/** The patient's phone, as one page without scripts and without anything from outside. */
export function phonePage(order: CentreOrder, orgName: string, left: boolean): string {
  const state = stateOf(order, left)
  return page(
    state.title,
    `<header><span class="tag">模拟</span><h1>医保移动支付</h1><p>${escapeHtml(orgName)}</p></header>
<main>
  <section class="card top ${state.tone}">
    ${state.mark === '' ? '' : `<div class="mark" aria-hidden="true">${state.mark}</div>`}
    <p class="state">${state.title}</p>
    <p class="due">${state.dueLabel}<strong><small>¥</small>${formatYuan(state.dueFen)}</strong></p>
    <p class="hint">${state.hint}</p>
  </section>
  <section class="card">
    ${amountRows(order)}
  </section>
  <section class="card">
    ${row('就诊人', escapeHtml(maskName(order.charge.userName)))}
    ${row('科室', escapeHtml(order.charge.deptName))}
    ${row('医院订单号', `<span class="number">${escapeHtml(order.medOrgOrd)}</span>`)}
    ${row('支付订单号', `<span class="number">${order.payOrdId}</span>`)}
    ${order.settledAtMs === null ? '' : row('支付时间', formatDateTime(order.settledAtMs))}
  </section>
</main>
${footer(order, left)}`,
  )
}

/** A page for what cannot be shown as an order: the reason in words, and what to do. */
export function phoneProblemPage(problem: string): string {
  return page(
    '无法支付',
    `<header><span class="tag">模拟</span><h1>医保移动支付</h1></header>
<main><section class="card top bad"><div class="mark" aria-hidden="true">!</div>
<p class="state">无法支付</p><p class="hint">${escapeHtml(problem)}</p><p class="hint">请到收费窗口咨询。</p></section></main>`,
  )
}

interface PhoneState {
  readonly title: string
  readonly mark: string
  readonly tone: 'wait' | 'good' | 'bad'
  readonly dueLabel: string
  readonly dueFen: Fen
  readonly hint: string
}

function stateOf(order: CentreOrder, left: boolean): PhoneState {
  if (!isOpen(order)) return endState(order)
  return left
    ? { title: '尚未支付', mark: '…', tone: 'wait', ...dueOf(order), hint: '订单已保留，可以返回继续支付。' }
    : { title: '待支付', mark: '', tone: 'wait', ...dueOf(order), hint: '请核对金额后确认支付。' }
}

function endState(order: CentreOrder): PhoneState {
  const { amounts, setlType } = order.split
  const total = { dueLabel: '费用合计', dueFen: addFen(amounts.feeSumFen, amounts.outOfCatalogueFen) }
  const bad = { mark: '×', tone: 'bad', ...total } as const
  const wait = { mark: '…', tone: 'wait', ...total } as const
  switch (readOrdStas(order.ordStas, setlType)?.state) {
    case 'settled':
      return { title: '支付成功', mark: '✓', tone: 'good', ...dueOf(order), hint: paidHint(order) }
    case 'revoked':
      return { title: '订单已撤销', ...bad, hint: '没有扣款。如有疑问请到收费窗口咨询。' }
    case 'failed':
      return { title: '支付失败', ...bad, hint: '没有扣款。请到收费窗口重新结算。' }
    case 'refunded':
      return { title: '已退款', ...wait, mark: '↩', hint: '退款按原支付渠道退回。' }
    case 'partlyRefunded':
      return { title: '部分已退款', ...wait, mark: '↩', hint: '退款按原支付渠道退回，其余请到收费窗口咨询。' }
    default:
      return { title: '正在处理', ...wait, hint: `订单状态 ${escapeHtml(order.ordStas)}，请到收费窗口咨询。` }
  }
}

/** Never says that the hospital knows: a lost callback would make it a lie. */
function paidHint(order: CentreOrder): string {
  const collectsElsewhere = order.split.setlType === 'HI' && order.split.amounts.ownPayFen > 0
  return collectsElsewhere ? '自费部分请在收费窗口缴纳。' : '请回到收费窗口，以窗口显示的结果为准。'
}

/** With nothing to pay oneself the large figure is what insurance pays, not a zero that looks like a mistake. */
function dueOf(order: CentreOrder): Pick<PhoneState, 'dueLabel' | 'dueFen'> {
  const { setlType, amounts } = order.split
  if (setlType !== 'HI') return { dueLabel: '本次自费', dueFen: amounts.ownPayFen }
  return { dueLabel: '医保支付', dueFen: addFen(amounts.fundFen, amounts.accountFen) }
}

/** Every part of the identity that is not zero, and always the total and the self-paid part. */
function amountRows(order: CentreOrder): string {
  const { amounts } = order.split
  const part = (label: string, amount: Fen) => (amount === 0 ? '' : row(label, `¥${formatYuan(amount)}`))
  return [
    part('医保目录内费用', amounts.feeSumFen),
    part('医保目录外费用', amounts.outOfCatalogueFen),
    `<div class="row sum"><span>费用合计</span><span>¥${formatYuan(addFen(amounts.feeSumFen, amounts.outOfCatalogueFen))}</span></div>`,
    part('医保基金支付', amounts.fundFen),
    part('个人账户支付', amounts.accountFen),
    part('预交金抵扣', amounts.prepaidFen),
    `<div class="row own"><span>自费支付</span><span>¥${formatYuan(amounts.ownPayFen)}</span></div>`,
  ].join('\n')
}

function footer(order: CentreOrder, left: boolean): string {
  const path = phonePath(order)
  if (!isOpen(order)) {
    const back = order.miniProgram?.returnUrl
    return back ? `<footer><a class="button main" href="${escapeHtml(back)}">返回医院页面</a></footer>` : ''
  }
  if (left) return `<footer><a class="button main" href="${path}">继续支付</a></footer>`
  const button = (action: string, style: string, label: string) =>
    `<form method="post" action="${path}/${action}"><button class="button ${style}">${label}</button></form>`
  return `<footer>${button('pay', 'main', '确认支付')}<div class="pair">${button('fail', '', '支付失败')}${button('leave', '', '暂不支付')}</div></footer>`
}

function row(label: string, value: string): string {
  return `<div class="row"><span>${label}</span><span>${value}</span></div>`
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 医保移动支付（模拟）</title><style>${PHONE_STYLE}</style></head>
<body>${body}</body></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
