import type { FastifyInstance, FastifyReply } from 'fastify'
import { type CashierLink, readCashierLink } from '#shared/centre/cashier-link.ts'
import { ok } from '#shared/domain/result.ts'
import { writeBill } from './bill-file.ts'
import { checkApp } from './desk-checks.ts'
import { openOrder } from './desk-upload.ts'
import { type CentreOrder, isClosedUnpaid } from './orders.ts'
import { phonePage, phoneProblemPage } from './phone-html.ts'
import { phonePath } from './phone-url.ts'
import { type Answer, refuse, refuseProblems } from './refusals.ts'
import type { World } from './world.ts'

/** What people open in a browser: the cashier of 1.2, the patient's page, and the bill of 1.5. */
export function addPages(app: FastifyInstance, world: World): void {
  app.get(world.options.paths.cashier, async (request, reply) => {
    const order = await orderOfLink(world, request.url)
    return order.ok ? reply.redirect(phonePath(order.value)) : showProblem(reply, order.error.message)
  })

  app.get<PhoneRoute>('/phone/:payToken', (request, reply) => {
    const order = world.book.byPayToken(request.params.payToken)
    if (order === undefined) return showProblem(reply, '订单不存在')
    return showOrder(world, reply, world.payments.opened(order), request.query.left === '1')
  })

  app.post<PhoneRoute>('/phone/:payToken/:action', (request, reply) => {
    const order = world.book.byPayToken(request.params.payToken)
    if (order === undefined) return showProblem(reply, '订单不存在')
    const { action } = request.params
    // An order that was paid or revoked meanwhile is simply shown as it stands.
    if (action === 'pay') world.payments.pay(order)
    if (action === 'fail') world.payments.fail(order)
    return reply.redirect(`${phonePath(order)}${action === 'leave' ? '?left=1' : ''}`, 303)
  })

  app.get<{ Params: { ticket: string } }>('/bill/:ticket', (request, reply) => {
    const bill = world.bills.find(request.params.ticket)
    if (bill === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('对账单不存在')
    return reply.type('text/csv; charset=utf-8').send(writeBill(bill, world.book.all()))
  })
}

interface PhoneRoute {
  Params: { payToken: string; action: string }
  Querystring: { left?: string }
}

/** 1.2: opens the payment at the first visit, and shows the same one at every later visit. */
async function orderOfLink(world: World, url: string): Promise<Answer<CentreOrder>> {
  const read = readCashierLink(url)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const link = read.value
  const checked = checkApp(world, link.appId)
  if (!checked.ok) return checked
  const problem = pageUrlProblem(link)
  if (problem !== undefined) return refuseProblems('MALFORMED', [problem])
  const before = world.book.byMedOrgOrd(link.medOrgOrd)
  if (before !== undefined && before.miniProgram !== null && !isClosedUnpaid(before)) return ok(before)
  if (before !== undefined && before.settledAtMs === null && !isClosedUnpaid(before)) {
    return refuse('ORDER_OPEN', '订单正在收费窗口支付')
  }
  return openOrder(world, link.medOrgOrd, { returnUrl: link.returnUrl ?? null, notifyUrl: link.notifyUrl ?? null })
}

function pageUrlProblem(link: CashierLink): { readonly path: string; readonly expected: string } | undefined {
  const wrong = (['returnUrl', 'notifyUrl'] as const).find(
    (name) => link[name] !== undefined && !/^https?:\/\/[^/\s]+/i.test(link[name]),
  )
  return wrong === undefined ? undefined : { path: wrong, expected: '应为 http 或 https 网址' }
}

function showOrder(world: World, reply: FastifyReply, order: CentreOrder, left: boolean): FastifyReply {
  return sendPage(reply, phonePage(order, world.options.orgName, left))
}

function showProblem(reply: FastifyReply, problem: string): FastifyReply {
  return sendPage(reply.code(404), phoneProblemPage(problem))
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)
}
