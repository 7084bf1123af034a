import { createSimulatorSource } from '#main/his/simulator-source.ts'
import { writeFeeDetailReply } from '#shared/centre/fee-detail.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { isJsonObject, parseJson } from '#shared/centre/json.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Clock } from '#shared/domain/time.ts'

/** One result as the hospital's system took it. */
export interface TakenResult {
  readonly medOrgOrd: string
  readonly resultType: string
  readonly resultId: string
}

/** A hospital system that is asked over HTTP and takes results, while it is up. */
export class VirtualHospital {
  isUp = true
  readonly taken: TakenResult[] = []
  readonly #paths: Settings['his']['http']['paths']
  readonly #source

  constructor({ his, centre }: Settings, clock: Clock) {
    this.#paths = his.http.paths
    this.#source = createSimulatorSource(centre.orgCodg, clock, { resultTaken: () => false })
  }

  /** Numbers of charges that wait to be paid. */
  async charges(howMany: number): Promise<readonly { readonly medOrgOrd: string; readonly idNo: string }[]> {
    const answer = await this.#source.pendingCharges({})
    return answer.ok ? answer.value.slice(0, howMany).map(({ detail }) => detail) : []
  }

  async answer(path: string, body: string): Promise<string> {
    const value = parseJson(body)?.value
    const asked = isJsonObject(value) ? value : {}
    if (path === this.#paths.result) return this.#take(asked)
    if (path !== this.#paths.feeDetail) return writeInboundReply(1, '成功')
    const answer = await this.#source.charge(String(asked.medOrgOrd))
    return answer.ok && answer.value !== undefined
      ? writeFeeDetailReply(answer.value.detailJson)
      : writeInboundReply(0, '没有这笔待缴费')
  }

  #take(result: Record<string, unknown>): string {
    const { medOrgOrd, resultType, resultId } = result
    this.taken.push({
      medOrgOrd: String(medOrgOrd),
      resultType: String(resultType),
      resultId: String(resultId),
    })
    return writeInboundReply(1, '成功')
  }
}
