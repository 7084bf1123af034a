import { readFeeDetail } from '#shared/centre/fee-detail.ts'
import { isJsonObject, parseJson } from '#shared/centre/json.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import type { HisCharge } from './his-source.ts'

/** Reads a charge that was checked before. @throws when it cannot be read: only readable ones are kept. */
export function readKeptCharge(detailJson: string): HisCharge {
  const data = parseJson(detailJson)?.value
  const read = isJsonObject(data) ? readFeeDetail(data) : undefined
  if (read?.ok !== true) throw new TypeError(`a kept charge cannot be read: ${describeProblems(read?.problems ?? [])}`)
  return { detail: read.value, detailJson }
}
