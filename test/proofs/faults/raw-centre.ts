import type { Socket } from 'node:net'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { httpAnswer, startRawServer } from '#test/support/raw-server.ts'
import type { Call } from './calls.ts'

/** What an honest centre would answer, for a fault to spoil. */
export interface HonestAnswer {
  readonly body: string
  /** Head and body. */
  readonly bytes: Buffer
}

/** Plays a fault on one connection, once a whole request is there. */
export type Play = (socket: Socket, honest: HonestAnswer) => void

/** A centre on a raw socket: honest about every order, but where a fault is scripted. */
export interface RawCentre {
  readonly url: string
  readonly port: number
  /** From now on this call about this number (an order's, or a person's for a notice) is answered so. */
  script(call: Call, number: string, play: Play): void
  /** From now on this order is paid. */
  pay(number: string): void
  /** How many whole requests came. */
  requests(call: Call, number: string): number
  close(): Promise<void>
}

const PATHS = settingsSchema.parse({ environment: 'test' }).centre.paths

export async function startRawCentre(): Promise<RawCentre> {
  const plays = new Map<string, Play>()
  const counts = new Map<string, number>()
  const paid = new Set<string>()
  const server = await startRawServer((socket, request) => {
    const call = callOf(request, PATHS)
    if (call === undefined) return void socket.end(httpAnswer(404, ''))
    const number = numberOf(request)
    const key = `${call} ${number}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    const body = JSON.stringify({ code: 1, ...honestReply(call, number, paid.has(number)) })
    const play = plays.get(key) ?? answerHonestly
    play(socket, { body, bytes: httpAnswer(200, body) })
  })
  return {
    url: server.url,
    port: server.port,
    script: (call, number, play) => void plays.set(`${call} ${number}`, play),
    pay: (number) => void paid.add(number),
    requests: (call, number) => counts.get(`${call} ${number}`) ?? 0,
    close: () => server.close(),
  }
}

export function answerHonestly(socket: Socket, { bytes }: HonestAnswer): void {
  socket.end(bytes)
}

function callOf(request: string, paths: Settings['centre']['paths']): Call | undefined {
  const path = request.split(' ', 2)[1]
  const calls: Readonly<Record<string, Call>> = {
    [paths.queryOrder]: 'query',
    [paths.uploadFees]: 'upload',
    [paths.revokeUpload]: 'revoke',
    [paths.refund]: 'refund',
    [paths.notifyClinic]: 'notice',
  }
  return calls[path ?? '']
}

/** The hospital's order number, also where the request names only the centre's; the person's id for a notice. */
function numberOf(request: string): string {
  const named = /"(?:medOrgOrd|idNo)":"([^"]+)"/.exec(request)?.[1]
  return named ?? /"payOrdId":"ORD([^"]+)"/.exec(request)?.[1] ?? ''
}

/** The least of each reply that the interface requires. */
function honestReply(call: Call, number: string, paid: boolean): object {
  const amounts = { feeSumamt: 40.1, ownPayAmt: 20.1, psnAcctPay: 0, fundPay: 20 }
  switch (call) {
    case 'upload':
      return { data: { payOrdId: `ORD${number}`, payToken: 'AUTH1', extData: {} } }
    case 'query':
      return {
        data: {
          ordStas: paid ? '6' : '2',
          medOrgOrd: number,
          payOrdId: `ORD${number}`,
          traceTime: '20261123090000',
          setlType: 'ALL',
          ...amounts,
          extData: {},
        },
      }
    case 'refund':
      return { data: { medOrgOrd: number, feeSumamt: 40.1, ownpayRefAmt: -20.1, extData: {} } }
    case 'revoke':
    case 'notice':
      return { success: true, data: { success: true } }
  }
}
