import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'

const SETTINGS = settingsSchema.parse({ environment: 'test' })
const EXAMPLE = readFileSync('test/fixtures/centre-examples/2.2-settlement-result.request.json', 'utf8')
  .replace('H510102XXXXX', SETTINGS.centre.orgCodg)
  .replace('1GJLS2JT50V03FXXXXXA0000A6F4B334', SETTINGS.centre.appId)

/** What the centre would send, and what became of it. */
export interface SettlementLoad {
  /** Orders whose settlement was answered with code 1. */
  readonly acknowledged: ReadonlySet<string>
  /** Starts `clients` that each send one message after the other. Those that get no answer are sent again later. */
  begin(listener: string, clients: number): void
  /** Resolves when nobody sends any more. */
  end(): Promise<void>
}

/** The published 2.2 with other numbers: every message is of an order of its own, `K0`, `K1`, … */
export function settlementLoad(settings: Settings): SettlementLoad {
  const acknowledged = new Set<string>()
  const unanswered: number[] = []
  let next = 0
  let sending: Promise<unknown> = Promise.resolve()
  let stopped = true
  const client = async (url: string) => {
    while (!stopped) {
      const number = unanswered.shift() ?? next++
      const answer = await post(url, messageOf(number))
      if (answer?.includes('"code":1') === true) acknowledged.add(orderOf(number))
      else unanswered.push(number)
      if (answer === undefined) return
    }
  }
  return {
    acknowledged,
    begin(listener, clients) {
      stopped = false
      const url = `${listener}${settings.listener.paths.settlement}`
      sending = Promise.all(Array.from({ length: clients }, () => client(url)))
    },
    async end() {
      stopped = true
      await sending
    },
  }
}

export function orderOf(number: number): string {
  return `K${number}`
}

export function centreNumberOf(number: number): string {
  return `P${number}`
}

function messageOf(number: number): string {
  return EXAMPLE.replaceAll('20230418357521677136928360', orderOf(number)).replaceAll(
    'ORD420100202304181134110052588',
    centreNumberOf(number),
  )
}

/** @returns the whole answer; undefined when it did not come. */
function post(url: string, body: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent: false, timeout: 20_000 }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(response.complete ? Buffer.concat(chunks).toString('utf8') : undefined))
      response.on('error', () => resolve(undefined))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
}
