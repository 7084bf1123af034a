import { z } from 'zod'
import type { Transport, TransportResult } from '#main/http/transport.ts'
import { readFeeDetailReply } from '#shared/centre/fee-detail.ts'
import { readFeeListReply } from '#shared/centre/fee-list.ts'
import { describeProblems, type ReplyRead, readReply } from '#shared/centre/wire-read.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { HisAnswer, HisCharge, HisResult, HisSource } from './his-source.ts'

const READ_DEADLINE_MS = 10_000
const WRITE_DEADLINE_MS = 20_000
const PROBE_DEADLINE_MS = 3_000
/** Details of a list are asked for side by side, but not so many at once that the hospital's system feels it. */
const AT_ONCE = 4

export interface HttpParts {
  readonly settings: Settings['his']['http']
  readonly orgCodg: string
  /** To the base URL of the settings; closed with the source. */
  readonly transport: Transport
}

/**
 * A hospital system that offers 2.1 and 2.4 itself, asked live, and takes results as a POST of 2.2's body. 2.4 lists by
 * resident id only and names neither patient nor lines, so each listed charge is asked for by 2.1.
 */
export function createHttpSource(parts: HttpParts): HisSource {
  return new HttpSource(parts)
}

class HttpSource implements HisSource {
  readonly listsAll = false
  readonly #paths: Settings['his']['http']['paths']
  readonly #orgCodg: string
  readonly #transport: Transport

  constructor({ settings, orgCodg, transport }: HttpParts) {
    this.#paths = settings.paths
    this.#orgCodg = orgCodg
    this.#transport = transport
  }

  async pendingCharges({ idNo }: { readonly idNo?: string | undefined }): Promise<HisAnswer<readonly HisCharge[]>> {
    if (idNo === undefined) return this.#probe()
    const list = await this.#ask(this.#paths.feeList, { idNo, orgCodg: this.#orgCodg }, readFeeListReply)
    if (!list.ok) return list
    const numbers = [...new Set((list.value?.pendingChargeList ?? []).map(({ medOrgOrd }) => medOrgOrd))]
    return this.#chargesOf(numbers)
  }

  /** A charge of another institution is none of ours, and one about another number is no answer. */
  async charge(medOrgOrd: string): Promise<HisAnswer<HisCharge | undefined>> {
    const asked = { medOrgOrd, orgCodg: this.#orgCodg }
    const reply = await this.#ask(this.#paths.feeDetail, asked, readFeeDetailReply)
    if (!reply.ok) return reply
    const charge = reply.value
    if (charge === undefined || charge.detail.orgCodg !== this.#orgCodg) return ok(undefined)
    return charge.detail.medOrgOrd === medOrgOrd
      ? ok(charge)
      : err(problem('医院信息系统的答复读不懂：data.medOrgOrd：不是所问的订单号'))
  }

  async writeResult({ body }: HisResult): Promise<HisAnswer<void>> {
    const sent = await this.#transport.send({ path: this.#paths.result, body, deadlineMs: WRITE_DEADLINE_MS })
    const reply = readAnswer(sent, (text) => readReply(z.object({}), text))
    if (!reply.ok) return reply
    // The words of a refusal may name a person; its code is enough to look it up on the other side.
    if (reply.value.outcome === 'success') return ok(undefined)
    return err(problem(`医院信息系统没有接受结果（代码 ${reply.value.code}）`))
  }

  close(): void {
    this.#transport.close()
  }

  async #chargesOf(numbers: readonly string[]): Promise<HisAnswer<readonly HisCharge[]>> {
    const charges: HisCharge[] = []
    for (let from = 0; from < numbers.length; from += AT_ONCE) {
      const answers = await Promise.all(numbers.slice(from, from + AT_ONCE).map((number) => this.charge(number)))
      for (const answer of answers) {
        if (!answer.ok) return answer
        // Paid or withdrawn since it was listed, or another institution's.
        if (answer.value !== undefined) charges.push(answer.value)
      }
    }
    return ok(charges)
  }

  async #probe(): Promise<HisAnswer<readonly HisCharge[]>> {
    const result = await this.#transport.send({ method: 'HEAD', path: '', body: '', deadlineMs: PROBE_DEADLINE_MS })
    return result.kind === 'answer' ? ok([]) : err(problem(noAnswerWords(result)))
  }

  /** @returns undefined when the hospital's system knows nothing of it: any code but 1. */
  async #ask<T>(path: string, body: object, read: (text: string) => ReplyRead<T>): Promise<HisAnswer<T | undefined>> {
    const sent = await this.#transport.send({ path, body: JSON.stringify(body), deadlineMs: READ_DEADLINE_MS })
    const reply = readAnswer(sent, read)
    if (!reply.ok) return reply
    return ok(reply.value.outcome === 'success' ? reply.value.value : undefined)
  }
}

type Understood<T> = Exclude<ReplyRead<T>, { outcome: 'unreadable' }>

/** Foreign answers end here: whatever is no readable envelope is words that name the field. */
function readAnswer<T>(
  result: TransportResult,
  read: (text: string) => ReplyRead<T>,
): Result<Understood<T>, Failure<'HIS_UNREACHABLE'>> {
  if (result.kind !== 'answer') return err(problem(noAnswerWords(result)))
  if (result.status < 200 || result.status > 299) return err(problem(`医院信息系统答复 HTTP ${result.status}`))
  if (result.bodyText === null) return err(problem('医院信息系统的答复不是 UTF-8 文本'))
  const reply = read(result.bodyText)
  if (reply.outcome !== 'unreadable') return ok(reply)
  return err(problem(`医院信息系统的答复读不懂：${describeProblems(reply.problems)}`))
}

function noAnswerWords(result: Exclude<TransportResult, { kind: 'answer' }>): string {
  if (result.kind === 'notSent') return `连不上医院信息系统：${result.words}`
  return result.reason === 'timeout' ? '医院信息系统没有在限定时间内答复' : '医院信息系统的答复不完整'
}

function problem(words: string): Failure<'HIS_UNREACHABLE'> {
  return failure('HIS_UNREACHABLE', words)
}
