import { parseArgs } from 'node:util'
import { settingsSchema } from '#shared/contract/settings.ts'
import { httpAnswer, startRawServer } from '#test/support/raw-server.ts'
import { conclude, type Finding } from '../lib/verdict.ts'
import { type AnswerFault, answerFaults } from './answer-faults.ts'
import { CARELESS_CLIENTS } from './careless-clients.ts'
import type { Deadlines } from './desk.ts'
import { PORT_FAULTS } from './port-faults.ts'
import { type Tried, tryAnswerFaults, tryPortFault } from './try-faults.ts'

/**
 * `npm run test:faults`: every fault of a connection and of an answer, for a read and for each write, must end within
 * its deadline + 0.5 s in the right one of three outcomes, with order, operation and locks where the outcome demands,
 * and with no second request of a write on the wire. `--product-deadlines`: with the deadlines that the product ships
 * (10 s and 30 s) instead of short ones. `--fault WORDS`: only the faults whose name holds these words.
 */
const { values } = parseArgs({
  options: { 'product-deadlines': { type: 'boolean', default: false }, fault: { type: 'string', default: '' } },
})
const deadlines: Deadlines = values['product-deadlines']
  ? settingsSchema.parse({ environment: 'test' }).centre
  : { queryTimeoutMs: 1_000, writeTimeoutMs: 1_500 }

const elsewhere = await startRawServer((socket) => void socket.end(httpAnswer(200, '{"code":1}')))
const faults = answerFaults(`${elsewhere.url}/pmc/fee/upload`).filter(isWanted)
const tried = [
  ...(await tryAnswerFaults(faults, deadlines)),
  ...(await Promise.all(PORT_FAULTS.filter(isWanted).map((fault) => tryPortFault(fault, deadlines)))).flat(),
]
const redirected = elsewhere.connections()
await elsewhere.close()
printTable(tried)
conclude('test:faults', [...findings(tried, redirected), ...(values.fault === '' ? await controls(faults) : [])])

function isWanted({ name }: { readonly name: string }): boolean {
  return name.includes(values.fault)
}

function findings(cells: readonly Tried[], followed: number): readonly Finding[] {
  const wrong = cells.filter((cell) => cell.faults.length > 0)
  const writes = cells.filter(({ call }) => call !== 'query')
  const again = writes.filter(({ requests }) => requests > 1).length
  const latestMs = Math.round(Math.max(...cells.map(({ lateByMs }) => lateByMs)))
  for (const cell of wrong) console.log(`  ${cell.fault}, ${cell.call}: ${cell.faults.join('; ')}`)
  return [
    {
      what: 'cases (fault × call) not as the table demands',
      figure: `${wrong.length} of ${cells.length}`,
      holds: wrong.length === 0,
    },
    { what: 'writes sent more than once', figure: `${again} of ${writes.length}`, holds: again === 0 },
    { what: 'latest end after a deadline', figure: `${latestMs} ms`, holds: latestMs <= 500 },
    { what: 'redirects followed', figure: followed, holds: followed === 0 },
  ]
}

/** Faults that each careless client gets wrong; the table must say so. */
async function controls(all: readonly AnswerFault[]): Promise<readonly Finding[]> {
  const some = all.filter(({ name }) => ['never answers', 'reset after the request', 'code 1'].includes(name))
  return Promise.all(
    CARELESS_CLIENTS.map(async ({ name, network }) => {
      const caught = (await tryAnswerFaults(some, deadlines, network)).filter((cell) => cell.faults.length > 0)
      return { what: `control, a client that ${name}: cases caught`, figure: caught.length, holds: caught.length > 0 }
    }),
  )
}

/** One line a fault: how long its slowest call took, and how many of its calls were right. */
function printTable(cells: readonly Tried[]): void {
  const byFault = Map.groupBy(cells, ({ fault }) => fault)
  for (const [fault, of] of byFault) {
    const right = of.filter((cell) => cell.faults.length === 0).length
    const slowest = Math.round(Math.max(...of.map(({ elapsedMs }) => elapsedMs)))
    console.log(
      `  ${right === of.length ? 'ok  ' : 'FAIL'}  ${fault}: ${right} of ${of.length} calls, slowest ${slowest} ms`,
    )
  }
}
