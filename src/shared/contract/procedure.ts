import { z } from 'zod'
import type { ErrorCode, Failure } from '../domain/error-codes.ts'
import type { Result } from '../domain/result.ts'

/** What a caller must be allowed to do. Each procedure names the one it needs. `display`: to look at what a patient sees. */
export const PERMISSIONS = ['view', 'collect', 'refund', 'configure', 'display'] as const
export type Permission = (typeof PERMISSIONS)[number]

/**
 * A procedure is data: the dispatcher, both hosts, the window's client and the handlers' types are all derived from it.
 * A query may be repeated; a command carries a `requestId`, and its repeat answers the first answer.
 */
export interface Procedure {
  readonly kind: 'query' | 'command'
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly errors: readonly ErrorCode[]
  readonly permission: Permission
}

/** Failures that any call may meet before or around its handler. */
export const UNIVERSAL_ERRORS = [
  'INPUT_INVALID',
  'UNKNOWN_PROCEDURE',
  'NOT_PERMITTED',
  'UNAUTHENTICATED',
  'REQUEST_ID_REUSED',
  'WINDOW_LOCKED',
  'STORE_UNWRITABLE',
  'ORDER_UNREADABLE',
  'INTERNAL',
] as const satisfies readonly ErrorCode[]

export const requestIdSchema = z.uuid({ error: '应为 uuid' })

export function query<const P extends Omit<Procedure, 'kind'>>(procedure: P): P & { readonly kind: 'query' } {
  return { ...procedure, kind: 'query' }
}

export function command<const P extends Omit<Procedure, 'kind'> & { readonly input: CommandInput }>(
  procedure: P,
): P & { readonly kind: 'command' } {
  return { ...procedure, kind: 'command' }
}

type CommandInput = z.ZodType<{ requestId: string }>

/** What the caller sends, before defaults and transforms. */
export type InputOf<P extends Procedure> = z.input<P['input']>
/** What the handler receives. */
export type ParsedInputOf<P extends Procedure> = z.output<P['input']>
export type OutputOf<P extends Procedure> = z.output<P['output']>
export type ErrorCodeOf<P extends Procedure> = P['errors'][number]

/** The answer to a call as it travels. Electron keeps only the message of a thrown error, so errors are values here. */
export type Envelope<T, C extends ErrorCode = ErrorCode> = Result<T, Failure<C>>

/** Order and charge numbers of the hospital: free text, 12 to 30 characters as seen; generous here, but never hostile. */
export const orderNumberSchema = z
  .string({ error: '应为文本' })
  .trim()
  .min(1, { error: '不能为空' })
  .max(64, { error: '最多 64 个字符' })
  .regex(/^[\x21-\x7e]+$/, { error: '只能是字母、数字和符号' })

/** What a scan delivered, or nothing. Free of blanks and control characters, at most as long as any code. */
export const tokenSchema = z
  .string({ error: '应为文本' })
  .trim()
  .max(128, { error: '最多 128 个字符' })
  .regex(/^[\x21-\x7e]*$/, { error: '只能是字母、数字和符号' })
  .optional()
