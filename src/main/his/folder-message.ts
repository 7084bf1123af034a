import { readFeeDetail } from '#shared/centre/fee-detail.ts'
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { describeProblems, readCode } from '#shared/centre/wire-read.ts'
import { orderNumberSchema } from '#shared/contract/procedure.ts'
import type { HisCharge } from './his-source.ts'

/** What one file of the inbox says. `incomplete`: no JSON text in UTF-8 (yet): perhaps it is still being written. */
export type FolderMessage =
  | { readonly kind: 'charge'; readonly charge: HisCharge }
  | { readonly kind: 'withdrawn'; readonly medOrgOrd: string }
  | { readonly kind: 'bad'; readonly words: string }
  | { readonly kind: 'incomplete' }

/**
 * Reads one file: 2.1's `data`, or the whole reply `{code, message, data}` around it, or `{"medOrgOrd": …,
 * "withdrawn": true}`. Words name the fields, never a value. Pure.
 */
export function readFolderMessage(bytes: Buffer, orgCodg: string): FolderMessage {
  const text = decodeUtf8(bytes)
  const parsed = text === undefined ? undefined : parseJson(text)
  if (parsed === undefined) return { kind: 'incomplete' }
  if (!isJsonObject(parsed.value)) return bad('应为 JSON 对象')
  const data = dataOf(parsed.value)
  if (data === undefined) return bad('code：应为 1；data：应为对象')
  return data.withdrawn === true ? readWithdrawal(data) : readCharge(data, orgCodg)
}

/** 2.1's reply has its `data` in an envelope; the bare `data` has neither `code` nor `data`. */
function dataOf(body: JsonObject): JsonObject | undefined {
  if (body.data === undefined && body.code === undefined) return body
  return readCode(body.code) === '1' && isJsonObject(body.data) ? body.data : undefined
}

function readWithdrawal(data: JsonObject): FolderMessage {
  const number = orderNumberSchema.safeParse(data.medOrgOrd)
  return number.success ? { kind: 'withdrawn', medOrgOrd: number.data } : bad(`medOrgOrd：${numberWords(number.error)}`)
}

function readCharge(data: JsonObject, orgCodg: string): FolderMessage {
  const read = readFeeDetail(data)
  if (!read.ok) return bad(describeProblems(read.problems))
  const number = orderNumberSchema.safeParse(read.value.medOrgOrd)
  if (!number.success) return bad(`medOrgOrd：${numberWords(number.error)}`)
  if (read.value.orgCodg !== orgCodg) return bad('orgCodg：不是本机构的代码')
  return { kind: 'charge', charge: { detail: read.value, detailJson: stringifyJson(data) } }
}

function numberWords(error: { readonly issues: readonly { readonly message: string }[] }): string {
  return error.issues[0]?.message ?? '格式不对'
}

function bad(words: string): FolderMessage {
  return { kind: 'bad', words }
}

/** A byte order mark is allowed, and gone afterwards. */
function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8, or the end of a character is still to come; the caller waits and then says so.
    return undefined
  }
}
