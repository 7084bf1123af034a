import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type AppEvent, EVENT_PERMISSIONS } from '#shared/contract/events.ts'
import { describeProblems, readInput } from '#shared/contract/problems.ts'
import {
  type Envelope,
  type ParsedInputOf,
  type Permission,
  type Procedure,
  UNIVERSAL_ERRORS,
} from '#shared/contract/procedure.ts'
import { type Answer, findProcedure, type ProcedureName, type Procedures } from '#shared/contract/table.ts'
import { type ErrorCode, type Failure, failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'

/** Who calls. Filled in by the host's side of the machine, never from what the window says about itself. */
export interface CallContext {
  readonly operator: { readonly name: string; readonly permissions: ReadonlySet<Permission> }
}

/** Whether a caller is told of an event: both hosts ask before they send one. */
export function mayHear({ operator }: CallContext, event: AppEvent): boolean {
  return operator.permissions.has(EVENT_PERMISSIONS[event.name])
}

/** A command's handler also learns its request id, to keep beside the operation that it journals. */
export interface HandlerContext extends CallContext {
  readonly requestId?: string
}

export type ParsedInput<N extends ProcedureName> = ParsedInputOf<Procedures[N]>

/** One handler a procedure; a missing or superfluous one does not compile. */
export type Handlers = {
  readonly [N in ProcedureName]: (
    input: ParsedInput<N>,
    context: HandlerContext,
  ) => Promise<HandlerAnswer<N>> | HandlerAnswer<N>
}

export type HandlerAnswer<N extends ProcedureName> = Answer<N>

export interface AnsweredRequest {
  readonly requestId: string
  readonly procedure: string
  /** SHA-256 of the parsed input in canonical form, hex. */
  readonly inputHash: string
  /** The envelope as JSON text. */
  readonly answer: string
}

/** First answers of commands, kept in the store: a repeat answers the first answer also after a restart. */
export interface AnsweredRequests {
  find(requestId: string): Omit<AnsweredRequest, 'requestId'> | undefined
  save(entry: AnsweredRequest): void
}

/** Reads no input twice and never rejects: whatever happens behind it, the answer is an envelope. */
export interface Dispatcher {
  call(name: unknown, input: unknown, context: CallContext): Promise<Envelope<unknown>>
}

export interface DispatcherParts {
  /** Asked at every call, because saved settings replace the handlers while the window stays open. */
  readonly handlers: () => Handlers
  /** Asked at every command, for the same reason. */
  readonly answered: () => AnsweredRequests
  /** Whether the window is locked: then no command is run, whoever asks. */
  readonly isLocked?: () => boolean
  /** Gets every bug with the id that the window shows. The only place where its words go. */
  readonly report: (reportId: string, error: unknown) => void
  /** Expected failures that arrive as exceptions, e.g. a store that cannot write; `undefined` for a bug. */
  readonly mapError?: (error: unknown) => Failure<'STORE_UNWRITABLE' | 'ORDER_UNREADABLE'> | undefined
}

/**
 * The only place that parses input, checks the permission, runs, parses output and maps errors. A command that is
 * repeated with the same `requestId` and the same input answers the first answer: while it runs the repeat waits for
 * it, afterwards (also after a restart) it is read from the store. An id that comes back with another procedure or
 * other input is refused. INTERNAL, STORE_UNWRITABLE and ORDER_UNREADABLE prove nothing about the command and are not kept.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const running = new Map<string, RunningCommand>()
  return {
    call: async (name, input, context) => {
      const procedure = typeof name === 'string' ? findProcedure(name) : undefined
      if (typeof name !== 'string' || procedure === undefined) return err(failure('UNKNOWN_PROCEDURE'))
      if (procedure.kind === 'command' && parts.isLocked?.() === true) return err(failure('WINDOW_LOCKED'))
      if (!context.operator.permissions.has(procedure.permission)) return err(failure('NOT_PERMITTED'))
      const read = readInput(procedure.input, input)
      if (!read.ok) {
        return err(failure('INPUT_INVALID', describeProblems(read.problems), read.problems))
      }
      const call: Call = { name, procedure, input: read.value, context }
      return procedure.kind === 'command' ? runCommand(parts, running, call) : runHandler(parts, call)
    },
  }
}

interface Call {
  readonly name: string
  readonly procedure: Procedure
  readonly input: unknown
  readonly context: HandlerContext
}

interface RunningCommand {
  readonly procedure: string
  readonly inputHash: string
  readonly answer: Promise<Envelope<unknown>>
}

const commandInput = z.looseObject({ requestId: z.string() })

async function runCommand(
  parts: DispatcherParts,
  running: Map<string, RunningCommand>,
  call: Call,
): Promise<Envelope<unknown>> {
  const { requestId } = commandInput.parse(call.input)
  const inputHash = hashInput(call.input)
  const before = running.get(requestId)
  if (before !== undefined) {
    return isSameCommand(before, call.name, inputHash) ? before.answer : err(failure('REQUEST_ID_REUSED'))
  }
  // From here to `running.set` nothing awaits, so two calls with one id can never both get past the look-up above.
  const answer = answerCommand(parts, { ...call, context: { ...call.context, requestId } }, requestId, inputHash)
  running.set(requestId, { procedure: call.name, inputHash, answer })
  try {
    return await answer
  } finally {
    running.delete(requestId)
  }
}

async function answerCommand(
  parts: DispatcherParts,
  call: Call,
  requestId: string,
  inputHash: string,
): Promise<Envelope<unknown>> {
  try {
    const stored = parts.answered().find(requestId)
    if (stored !== undefined) {
      return isSameCommand(stored, call.name, inputHash)
        ? envelopeSchema.parse(JSON.parse(stored.answer))
        : err(failure('REQUEST_ID_REUSED'))
    }
  } catch (error) {
    return errorAnswer(parts, error)
  }
  const answer = await runHandler(parts, call)
  keepAnswer(parts, { requestId, procedure: call.name, inputHash }, answer)
  return answer
}

function isSameCommand(before: { readonly procedure: string; readonly inputHash: string }, name: string, hash: string) {
  return before.procedure === name && before.inputHash === hash
}

const PROVE_NOTHING: ReadonlySet<ErrorCode> = new Set(['INTERNAL', 'STORE_UNWRITABLE', 'ORDER_UNREADABLE'])

function keepAnswer(parts: DispatcherParts, key: Omit<AnsweredRequest, 'answer'>, answer: Envelope<unknown>): void {
  if (!answer.ok && PROVE_NOTHING.has(answer.error.code)) return
  try {
    parts.answered().save({ ...key, answer: JSON.stringify(answer) })
  } catch (error) {
    // What was done is done and the window must hear it; a repeat will be stopped by the operation's own lock.
    parts.report(randomUUID(), error)
  }
}

async function runHandler(parts: DispatcherParts, call: Call): Promise<Envelope<unknown>> {
  try {
    const answer = await handlerOf(parts.handlers(), call.name)(call.input, call.context)
    return checkAnswer(call.procedure, answer)
  } catch (error) {
    return errorAnswer(parts, error)
  }
}

type AnyHandler = (input: unknown, context: HandlerContext) => unknown

function handlerOf(handlers: Handlers, name: string): AnyHandler {
  // The table gave both the name and the schema that parsed the input, so the pair fits; TypeScript cannot follow
  // that through a name known only at run time.
  return handlers[name as ProcedureName] as AnyHandler
}

const failureSchema = z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() })
const envelopeSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema }),
]) as unknown as z.ZodType<Envelope<unknown>>

/** @throws when the handler answered something that the table does not allow: a bug, reported like any other. */
function checkAnswer(procedure: Procedure, answer: unknown): Envelope<unknown> {
  const envelope = envelopeSchema.parse(answer)
  if (envelope.ok) return { ok: true, value: procedure.output.parse(envelope.value) }
  if (!mayAnswer(procedure, envelope.error.code)) {
    throw new Error(`the handler answered ${envelope.error.code}, which its procedure does not declare`)
  }
  return envelope
}

function mayAnswer(procedure: Procedure, code: ErrorCode): boolean {
  if (code === 'INTERNAL') return false
  return procedure.errors.includes(code) || (UNIVERSAL_ERRORS as readonly ErrorCode[]).includes(code)
}

function errorAnswer(parts: DispatcherParts, error: unknown): Envelope<unknown> {
  const expected = parts.mapError?.(error)
  if (expected !== undefined) return err(expected)
  const reportId = randomUUID()
  parts.report(reportId, error)
  return err(failure('INTERNAL', `程序内部错误，请把报告编号告诉信息科：${reportId}`, { reportId }))
}

function hashInput(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input, sortKeys)).digest('hex')
}

/** The order in which the caller wrote its fields is no difference. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}
