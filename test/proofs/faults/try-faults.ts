import { type Network, sockets } from '#main/desk/network.ts'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
import type { AnswerFault } from './answer-faults.ts'
import { CALLS, type Call, type Ending } from './calls.ts'
import { type Deadlines, type FaultDesk, startFaultDesk } from './desk.ts'
import type { PortFault } from './port-faults.ts'
import { startRawCentre } from './raw-centre.ts'

/** One cell of the table, tried. */
export interface Tried {
  readonly fault: string
  readonly call: Call
  readonly elapsedMs: number
  readonly lateByMs: number
  readonly requests: number
  /** What is not as the table demands, in words; empty when all is well. */
  readonly faults: readonly string[]
}

/** What a call may take beyond its deadline, in ms: the desk's own work and a busy machine. */
const TOLERATED_MS = 500
/** The most tries of a read (retry-policy.ts); a write has one. */
const READ_TRIES = 3
/** Cases under way at once: enough that the deadlines pass side by side, few enough that none waits for a processor. */
const AT_ONCE = 8

/** Every fault of an answer on every call that it applies to, against one desk. */
export async function tryAnswerFaults(
  faults: readonly AnswerFault[],
  deadlines: Deadlines,
  network: Network = sockets,
): Promise<readonly Tried[]> {
  using folder = tempFolder()
  const centre = await startRawCentre()
  const desk = await startFaultDesk(folder.path, centre.url, deadlines, network)
  try {
    const cells = faults.flatMap((fault) => (fault.calls ?? CALLS).map((call) => ({ fault, call })))
    const tryCell = async ({ fault, call }: (typeof cells)[number]) => {
      const number = await desk.prepare(call, centre)
      const before = centre.requests(call, number)
      centre.script(call, number, fault.play)
      return tryCall(
        desk,
        { fault: fault.name, call, number, ends: [fault.ends], deadlines },
        () => centre.requests(call, number) - before,
      )
    }
    const tried = await inTurns(cells, AT_ONCE, tryCell)
    // A busy machine gets a second chance, alone; a fault of the product fails both times.
    const again = cells.filter((_cell, at) => isWrong(tried[at]))
    return [...tried.filter((one) => !isWrong(one)), ...(await inTurns(again, 1, tryCell))]
  } finally {
    await desk.close()
    await centre.close()
  }
}

/** One fault of the port on every call. The orders are prepared before it begins. */
export async function tryPortFault(fault: PortFault, deadlines: Deadlines): Promise<readonly Tried[]> {
  using folder = tempFolder()
  const centre = await startRawCentre()
  const desk = await startFaultDesk(folder.path, centre.url, deadlines)
  const numbers: [Call, string][] = []
  for (const call of CALLS) numbers.push([call, await desk.prepare(call, centre)])
  await centre.close()
  const end = await fault.begin(centre.port)
  try {
    return await Promise.all(
      numbers.map(([call, number]) =>
        // Whole requests cannot arrive here: nobody reads.
        tryCall(desk, { fault: fault.name, call, number, ends: fault.ends, deadlines }, () => 0),
      ),
    )
  } finally {
    await end()
    await desk.close()
  }
}

function isWrong(tried: Tried | undefined): boolean {
  return tried !== undefined && tried.faults.length > 0
}

interface Cell {
  readonly fault: string
  readonly call: Call
  readonly number: string
  readonly ends: readonly Ending[]
  readonly deadlines: Deadlines
}

async function tryCall(desk: FaultDesk, cell: Cell, countRequests: () => number): Promise<Tried> {
  const { fault, call, number, deadlines } = cell
  const seen = await desk.press(call, number)
  const requests = countRequests()
  const deadlineMs = call === 'query' ? deadlines.queryTimeoutMs : deadlines.writeTimeoutMs
  const lateByMs = Math.max(0, seen.elapsedMs - deadlineMs)
  // A question that was not sent and one without an answer leave the order alike.
  const ends = call === 'query' ? cell.ends.map((ending) => (ending === 'notSent' ? 'unknown' : ending)) : cell.ends
  const faults: string[] = []
  if (!ends.includes(seen.ending)) faults.push(`ended ${seen.ending}, should be ${ends.join(' or ')}`)
  if (seen.wrong !== undefined) faults.push(seen.wrong)
  if (lateByMs > TOLERATED_MS) faults.push(`${Math.round(lateByMs)} ms after its deadline`)
  if (requests > (call === 'query' ? READ_TRIES : 1)) faults.push(`${requests} requests on the wire`)
  return { fault, call, elapsedMs: seen.elapsedMs, lateByMs, requests, faults }
}

/** Runs all, `atOnce` side by side, results in the order of the items. */
async function inTurns<T, R>(items: readonly T[], atOnce: number, run: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item !== undefined) results[at] = await run(item)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
