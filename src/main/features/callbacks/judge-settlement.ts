import { createHash } from 'node:crypto'
import type { CentreStatement } from '#main/store/order-evidence.ts'
import { toSettlementAmounts } from '#shared/centre/settlement-amounts.ts'
import {
  paidAtOf,
  readFlatMessage,
  readFlatSettlement,
  type SettlementResult,
} from '#shared/centre/settlement-result.ts'
import type { WireDrift } from '#shared/centre/wire-drift.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import { SETTLED_CODE, setlTypeSchema } from '#shared/domain/order-status.ts'
import { checkIdentity, identityInWords } from '#shared/domain/settlement.ts'

/** Whose settlements these are. A message for another institution or application is refused. */
export interface SettlementExpectation {
  readonly orgCodg: string
  readonly appId: string
}

/** What a 2.2 is, before anything is stored. Pure. */
export type Judgement =
  | { readonly kind: 'settlement'; readonly settlement: ReadSettlement }
  | { readonly kind: 'identityFails'; readonly settlement: ReadSettlement; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string }

export interface ReadSettlement {
  readonly medOrgOrd: string
  readonly statement: CentreStatement & { readonly payOrdId: string }
  /** The same message again has the same key, however it is spelt. */
  readonly dedupeKey: string
  /** The same key with another money key is a conflict. */
  readonly moneyKey: string
  /** As the message writes it, for what is handed on raw. */
  readonly paidAt: unknown
  readonly drift: readonly WireDrift[]
}

export function judgeSettlement(body: string, expected: SettlementExpectation): Judgement {
  const flat = readFlatMessage(body)
  if (!flat.ok) return { kind: 'refused', words: describeProblems(flat.problems) }
  const read = readFlatSettlement(flat.value)
  if (!read.ok) return { kind: 'refused', words: describeProblems(read.problems) }
  const result = read.value
  if (result.orgCodg !== expected.orgCodg) return { kind: 'refused', words: 'orgCodg：不是本机构的代码' }
  if (result.appId !== expected.appId) return { kind: 'refused', words: 'appId：不是本应用的编号' }

  const settlement = { ...readSettlement(result), paidAt: paidAtOf(flat.value), drift: read.drift }
  const { amounts } = settlement.statement
  // Hard, and before rounding could hide anything: whole fen (rule 11).
  if (checkIdentity(amounts)?.holds === true) return { kind: 'settlement', settlement }
  return { kind: 'identityFails', settlement, words: identityInWords(amounts) }
}

function readSettlement(result: SettlementResult): Omit<ReadSettlement, 'paidAt' | 'drift'> {
  const told = toSettlementAmounts(result)
  // 2.2 names every part: one that it leaves out is nothing, not unknown.
  const amounts = {
    ...told,
    outOfCatalogueFen: told.outOfCatalogueFen ?? ZERO_FEN,
    prepaidFen: told.prepaidFen ?? ZERO_FEN,
  }
  const setlType = setlTypeSchema.safeParse(result.setlType)
  // The table of 2.2 lists no ordStas: the message itself reports a settlement.
  const ordStas = result.ordStas ?? SETTLED_CODE
  return {
    medOrgOrd: result.medOrgOrd,
    statement: {
      source: 'callback',
      ordStas,
      setlType: setlType.success ? setlType.data : null,
      amounts,
      payOrdId: result.payOrdId,
      hiDocSn: result.hiDocSn,
      hiRgstSn: result.hiRgstSn,
    },
    dedupeKey: messageKey('2.2', result.medOrgOrd, result.payOrdId, result.hiDocSn, ordStas),
    moneyKey: messageKey(
      ...[amounts.feeSumFen, amounts.fundFen, amounts.accountFen, amounts.ownPayFen].map(String),
      String(amounts.outOfCatalogueFen ?? 0),
      String(amounts.prepaidFen ?? 0),
      result.setlType,
    ),
  }
}

/** One key for the parts of a message that make it the same message. */
export function messageKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
