import { isJsonObject, type JsonObject, parseJson } from '#shared/centre/json.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { CentreOptions } from '#simulator/centre-options.ts'
import { type SimulatedCentre, startCentre } from '#simulator/centre-server.ts'
import { type FakeHospital, startFakeHospital } from './fake-hospital.ts'

const { centre: defaults, listener } = settingsSchema.parse({ environment: 'simulated' })

export const APP_ID = defaults.appId
export const ORG_CODG = defaults.orgCodg
export const EC_TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
export const PATHS = defaults.paths
export const HIS_PATHS = listener.paths

/** A centre and a hospital that know each other, and short ways to talk to the centre as a desk or a script does. */
export interface CentreWithHospital {
  readonly centre: SimulatedCentre
  readonly hospital: FakeHospital
  /** POST of a 1.x interface; `appId` is added unless given. */
  call(path: string, body: JsonObject): Promise<JsonObject>
  /** The same, with nothing read from the answer. */
  callRaw(path: string, body: JsonObject, signal?: AbortSignal): Promise<Response>
  upload(medOrgOrd: string): Promise<JsonObject>
  /** The control API; POST when there is a body. @throws with its words when it does not do it. */
  sim(path: string, body?: unknown): Promise<JsonObject>
  /** The words with which the control API does not do it, after its HTTP status. */
  simProblem(path: string, body: unknown): Promise<string>
  close(): Promise<void>
}

export async function startCentreWithHospital(options: Partial<CentreOptions> = {}): Promise<CentreWithHospital> {
  const hospital = await startFakeHospital()
  const centre = await startCentre({
    port: 0,
    appId: APP_ID,
    orgCodg: ORG_CODG,
    orgName: defaults.orgName,
    paths: PATHS,
    callbackBase: () => hospital.baseUrl,
    callbackPaths: HIS_PATHS,
    payAfterMs: null,
    callbackPauseMs: 5,
    ...options,
  })
  const callRaw = (path: string, body: JsonObject, signal?: AbortSignal) =>
    fetch(`${centre.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId: APP_ID, ...body }),
      ...(signal === undefined ? {} : { signal }),
    })
  const call = async (path: string, body: JsonObject) => readObjectOf(await callRaw(path, body))
  return {
    centre,
    hospital,
    call,
    callRaw,
    upload: (medOrgOrd) => call(PATHS.uploadFees, { medOrgOrd, ecToken: EC_TOKEN }),
    async sim(path, body) {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const response = await fetch(`${centre.baseUrl}${path}`, init)
      const value = await readObjectOf(response)
      if (!response.ok) throw new Error(String(value.error))
      return value
    },
    async simProblem(path, body) {
      const response = await fetch(`${centre.baseUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
      return `${response.status} ${String((await readObjectOf(response)).error)}`
    },
    async close() {
      await centre.close()
      await hospital.close()
    },
  }
}

async function readObjectOf(response: Response): Promise<JsonObject> {
  const value = parseJson(await response.text())?.value
  if (!isJsonObject(value)) throw new Error(`no JSON object, HTTP ${response.status}`)
  return value
}

/** A part of an answer that must be an object. */
export function objectAt(value: JsonObject, ...path: readonly string[]): JsonObject {
  let part: unknown = value
  for (const key of path) part = isJsonObject(part) ? part[key] : undefined
  if (!isJsonObject(part)) throw new Error(`no object at ${path.join('.')}`)
  return part
}
