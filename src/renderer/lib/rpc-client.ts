import { z } from 'zod'
import { type AppEvent, appEventSchema } from '#shared/contract/events.ts'
import { UNIVERSAL_ERRORS } from '#shared/contract/procedure.ts'
import { type Answer, type Input, type Output, PROCEDURES, type ProcedureName } from '#shared/contract/table.ts'
import { ERROR_CODES, type ErrorCode } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import {
  ANSWER_UNREADABLE,
  type Connection,
  type LocalErrorCode,
  type LocalFailure,
  type Transport,
} from './transport.ts'

type DeclaredFailure<N extends ProcedureName> = Extract<Answer<N>, { ok: false }>['error']

/** Why a call of procedure N did not succeed: a failure that the contract declares for it, or one of the window. */
export type CallFailure<N extends ProcedureName = ProcedureName> = DeclaredFailure<N> | LocalFailure
export type CallResult<N extends ProcedureName> = Result<Output<N>, CallFailure<N>>

/** Any failure as screens show it. */
export interface ShownFailure {
  readonly code: ErrorCode | LocalErrorCode
  readonly message: string
  readonly details?: unknown
}

/** The window's only way to the main process, derived from the contract table. */
export interface RpcClient {
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<CallResult<N>>
  onEvent(listener: (event: AppEvent) => void): () => void
  onConnection(listener: (connection: Connection) => void): () => void
}

/** Parses every answer and every event; what does not parse is a failure or is left out, never a wrong value. */
export function createRpcClient(transport: Transport): RpcClient {
  return {
    async call(name, input) {
      const sent = await transport.send(name, input)
      return sent.ok ? readAnswer(name, sent.value) : sent
    },
    onEvent(listener) {
      return transport.onEvent((raw) => {
        const event = appEventSchema.safeParse(raw)
        if (event.success) listener(event.data)
      })
    },
    onConnection: (listener) => transport.onConnection(listener),
  }
}

const envelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), details: z.unknown().optional() }),
  }),
])

function readAnswer<N extends ProcedureName>(name: N, raw: unknown): CallResult<N> {
  const envelope = envelopeSchema.safeParse(raw)
  if (!envelope.success) return err(ANSWER_UNREADABLE)
  if (!envelope.data.ok) {
    const error = envelope.data.error
    return err(isDeclared(name, error) ? error : ANSWER_UNREADABLE)
  }
  const value = PROCEDURES[name].output.safeParse(envelope.data.value)
  // The schema of this very procedure parsed it; TypeScript loses that link when the table is indexed by N.
  return value.success ? ok(value.data as Output<N>) : err(ANSWER_UNREADABLE)
}

function isDeclared<N extends ProcedureName>(
  name: N,
  error: { code: ErrorCode; message: string },
): error is DeclaredFailure<N> {
  const declared: readonly ErrorCode[] = [...PROCEDURES[name].errors, ...UNIVERSAL_ERRORS]
  return declared.includes(error.code)
}
