import { createTransport, type Transport, type TransportResult } from '#main/http/transport.ts'
import type { ScannerSettings } from '#shared/contract/scanner-settings.ts'
import type { SettingsTest } from '#shared/contract/settings.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { fillTemplate, textAt } from './decoder-mapping.ts'
import type { DecodeAnswer, VoucherDecoder } from './voucher-decoder.ts'

export interface HttpDecoderParts {
  readonly service: ScannerSettings['http']
  readonly orgCodg: string
  readonly operatorName: string
}

/** A code that is nobody's, to hear whether the service answers at all. */
const NOBODYS_CODE = '0000000000000000000000000000'

/**
 * A service of this site that decodes e-vouchers (businessType 01301 for a settlement). The settings say where it is,
 * what it is sent and where its answer tells what; which hosts are allowed the settings have checked.
 */
export function createHttpDecoder(parts: HttpDecoderParts): VoucherDecoder {
  return new HttpDecoder(parts, createTransport(parts.service.baseUrl))
}

class HttpDecoder implements VoucherDecoder {
  readonly #parts: HttpDecoderParts
  readonly #transport: Transport

  constructor(parts: HttpDecoderParts, transport: Transport) {
    this.#parts = parts
    this.#transport = transport
  }

  async decode(code: string): Promise<DecodeAnswer> {
    const reply = await this.#ask(code)
    return reply.ok ? this.#read(reply.value) : reply
  }

  /** The service is told a code that is nobody's: that it refuses is what a working one does. */
  async test(): Promise<SettingsTest> {
    const reply = await this.#ask(NOBODYS_CODE)
    const details = [{ name: '地址', value: new URL(this.#parts.service.baseUrl).origin }]
    if (!reply.ok) return { state: 'down', words: reply.error.message, details }
    const read = this.#read(reply.value)
    if (read.ok) return { state: 'warn', words: '解码服务已应答，但它认了一个不存在的码，请核对', details }
    return { state: 'ok', words: `解码服务已应答；对试探的码答复：${read.error.message}`, details }
  }

  close(): void {
    this.#transport.close()
  }

  async #ask(code: string): Promise<Result<unknown, Failure<'DECODER_FAILED'>>> {
    const { service, orgCodg, operatorName } = this.#parts
    const { businessType, operatorId, officeId, officeName } = service
    const values = { code, businessType, orgCodg, operatorId, operatorName, officeId, officeName }
    const body = JSON.stringify(fillTemplate(JSON.parse(service.request), values))
    return readAnswer(await this.#transport.send({ path: service.path, body, deadlineMs: service.timeoutMs }))
  }

  #read(reply: unknown): DecodeAnswer {
    const { ecToken, userName, idNo, insuOrg, message } = this.#parts.service.reply
    const token = textAt(reply, ecToken)
    if (token === null) {
      const said = textAt(reply, message)
      return err(failure('TOKEN_REJECTED', said === null ? '解码服务不认这个码' : `解码服务：「${harmless(said)}」`))
    }
    if (!/^[\x21-\x7e]{1,128}$/.test(token)) return err(failure('DECODER_FAILED', '解码服务给出的 ecToken 形式不对'))
    const person = { userName: textAt(reply, userName), idNo: textAt(reply, idNo), insuOrg: textAt(reply, insuOrg) }
    return ok({ ecToken: token, person: person.userName === null && person.idNo === null ? null : person })
  }
}

/** Foreign answers end here. Words name what was wrong, never what was sent or said. */
function readAnswer(result: TransportResult): Result<unknown, Failure<'DECODER_FAILED'>> {
  const failed = (words: string) => err(failure('DECODER_FAILED', words))
  if (result.kind === 'notSent') return failed(`连不上解码服务：${result.words}`)
  if (result.kind === 'maybeSent') {
    return failed(result.reason === 'timeout' ? '解码服务没有在限定时间内答复' : '解码服务的答复不完整')
  }
  if (result.status < 200 || result.status > 299) return failed(`解码服务答复 HTTP ${result.status}`)
  try {
    return ok(JSON.parse(result.bodyText ?? ''))
  } catch {
    // A parser's message quotes the text, which may name a person.
    return failed('解码服务的答复不是 JSON')
  }
}

/** The service's own words for the cashier, without what may be a code or a number of a person. */
function harmless(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/[A-Za-z0-9]{6,}/g, '…')
    .slice(0, 80)
}
