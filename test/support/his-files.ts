import { createSimulatorSource } from '#main/his/simulator-source.ts'
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { parseWireTime } from '#shared/domain/time.ts'

/** The institution of the default settings. */
export const ORG_CODG = 'H99010100001'

const NOON = parseWireTime('2026-11-23 12:00:00') ?? 0

/** 2.1's `data` of an invented person, as a hospital system would write it. */
export async function aFeeDetail(change: JsonObject = {}): Promise<JsonObject> {
  const hospital = createSimulatorSource(ORG_CODG, { now: () => NOON }, { resultTaken: () => false })
  const found = await hospital.charge('MZ20261123000101')
  const data = found.ok && found.value !== undefined ? parseJson(found.value.detailJson)?.value : undefined
  if (!isJsonObject(data)) throw new Error('the simulated hospital has no such charge')
  return { ...data, ...change }
}

export async function aFeeDetailText(change: JsonObject = {}): Promise<string> {
  return stringifyJson(await aFeeDetail(change))
}

/** The same charge with its first line counted twice: other lines, another total. */
export async function aDearerDetail(change: JsonObject = {}): Promise<JsonObject> {
  const data = await aFeeDetail(change)
  const [first, ...rest] = Array.isArray(data.feedetailList) ? data.feedetailList : []
  if (!isJsonObject(first)) throw new Error('a charge without lines')
  // A visit costs 15.00.
  const dearer = { ...first, cnt: '2.0000', detItemFeeSumamt: '30.000000' }
  return { ...data, medfeeSumamt: plusFifteen(String(data.medfeeSumamt)), feedetailList: [dearer, ...rest] }
}

function plusFifteen(yuan: string): string {
  const [whole = '0', fen = '00'] = yuan.split('.')
  return `${Number(whole) + 15}.${fen}`
}
