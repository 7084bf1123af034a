import type { Input, ProcedureName } from '#shared/contract/table.ts'
import type { CallResult, RpcClient } from './rpc-client.ts'

/** An early answer is no older than this, in ms, when it is taken: the window was still drawing its first screen. */
const FRESH_MS = 1000

/**
 * Asks now what the first screen is about to ask, so that its answer is there when the screen is. The first call of
 * that name and input takes it over, unless that call comes late, or the early one failed; then it is made as usual.
 */
export function askEarly<N extends ProcedureName>(client: RpcClient, name: N, input: Input<N>): RpcClient {
  const early = client.call(name, input)
  const takeUntilMs = performance.now() + FRESH_MS
  let isTaken = false
  const call = async <M extends ProcedureName>(asked: M, askedInput: Input<M>): Promise<CallResult<M>> => {
    const isWanted =
      !isTaken && asked === (name as ProcedureName) && JSON.stringify(askedInput) === JSON.stringify(input)
    if (!isWanted || performance.now() > takeUntilMs) return client.call(asked, askedInput)
    isTaken = true
    const answer = await early
    // Of the same procedure, since the names are equal; TypeScript does not see that M is N then.
    return answer.ok ? (answer as CallResult<M>) : client.call(asked, askedInput)
  }
  return { ...client, call }
}
