import type { AppStore } from '../app-store.ts'
import type { RpcClient, ShownFailure } from '../rpc-client.ts'
import type { ScanClass } from './classify-scan.ts'
import { type HeldToken, holdToken } from './held-token.ts'

export interface VoucherDesk {
  readonly client: RpcClient
  readonly app: Pick<AppStore, 'getState' | 'clock'>
}

export type VoucherRead =
  | { readonly kind: 'held'; readonly token: HeldToken }
  | { readonly kind: 'failed'; readonly failure: ShownFailure }

/** Lengths of a code that a decoding service may be given. */
const DECODABLE = /^[\x21-\x7e]{8,128}$/

/** Whether this desk's scans are codes that a decoder turns into tokens. */
export function hasDecoder({ app }: Pick<VoucherDesk, 'app'>): boolean {
  const decoder = app.getState().settings?.scanner.decoder
  return decoder !== undefined && decoder !== 'passthrough'
}

/** Whether a scan may be an e-voucher here: by its form, or, where a decoder is set, anything that is nothing else. */
export function mayBeVoucher(scan: ScanClass, text: string, desk: Pick<VoucherDesk, 'app'>): boolean {
  if (scan.kind === 'ecToken' || scan.kind === 'payAuthNo') return true
  return scan.kind === 'unknown' && hasDecoder(desk) && DECODABLE.test(text.trim())
}

/** From a scan to a token that is held: as it is, or through the decoder, which also tells whose it is. One try. */
export async function readVoucher(
  scan: ScanClass,
  text: string,
  medOrgOrd: string,
  desk: VoucherDesk,
): Promise<VoucherRead> {
  const { client, app } = desk
  const life = () => ({
    nowMs: app.clock.now(),
    lifeMs: (app.getState().settings?.scanner.tokenLifeSeconds ?? USUAL_LIFE_SECONDS) * 1000,
  })
  const isItself = scan.kind === 'payAuthNo' ? scan.isSure || !hasDecoder(desk) : !hasDecoder(desk)
  if (isItself && (scan.kind === 'ecToken' || scan.kind === 'payAuthNo')) {
    return { kind: 'held', token: holdToken(scan.kind, scan.value, life()) }
  }
  const answer = await client.call('counter.decodeScan', { medOrgOrd, code: text.trim() })
  if (!answer.ok) return { kind: 'failed', failure: answer.error }
  return { kind: 'held', token: holdToken('ecToken', answer.value.ecToken, life(), answer.value.person) }
}

const USUAL_LIFE_SECONDS = 300

/** 凭证是 张* 的，费用是 李* 的；`null` where it is the same person's, or nothing is told. */
export function otherPersonWords({ person }: HeldToken): string | null {
  if (person === null || !person.isMismatch) return null
  const whose = person.maskedName ?? '别人'
  const differs = person.nameMatches === false ? '' : '（证件号不同）'
  return `凭证是 ${whose} 的，费用是 ${person.chargeMaskedName} 的${differs}`
}
