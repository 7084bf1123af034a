import { randomInt } from 'node:crypto'
import type { CentreClient } from '#main/centre-client/centre-client.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import { beginOperation, endOperation, type Intent, lockedBy, repeatedRequest } from '#main/store/operation-journal.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import { refundPosition } from '#main/store/present-order.ts'
import type { Store } from '#main/store/store.ts'
import { type RefundReply, viewRefund } from '#shared/centre/refund.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { RefundChannel } from '#shared/contract/refunds.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { applyEvidence, inSuspense } from '#shared/domain/order-proof.ts'
import { exceedsPaid, leftOnLegs, ordStasAfterReply, refundDue } from '#shared/domain/refund-amounts.ts'
import { type RefundObstacle, type RefundType, refundObstacle } from '#shared/domain/refund-step.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'
import { type Clock, formatCompactTime } from '#shared/domain/time.ts'

export interface RefundParts {
  readonly store: Store
  readonly centre: CentreClient
  readonly clock: Clock
}

type RefundFailure = Failure<'ORDER_NOT_FOUND' | 'ORDER_STATE_FORBIDS' | 'ORDER_BUSY' | 'OUTCOME_UNKNOWN'>

interface RefundIntent extends Intent {
  readonly refdType: RefundType
  readonly refChannel: RefundChannel
  readonly ecToken?: string | undefined
  readonly reason: string
}

export function refundHandlers(parts: RefundParts): Pick<Handlers, 'refunds.start'> {
  return {
    'refunds.start': (input, { operator }) => startRefund(parts, { ...input, operatorName: operator.name }),
  }
}

/** Gives back an order or one leg of it (interface 1.4): one number, one try, three outcomes. */
async function startRefund(parts: RefundParts, intent: RefundIntent): Promise<Result<Order, RefundFailure>> {
  const repeated = repeatedRequest(parts.store, intent, 'refund')
  if (repeated !== undefined) return ok(repeated)
  const begun = beginRefund(parts, intent)
  if (!begun.ok) return begun
  const { operation, payOrdId, appRefdSn } = begun.value
  const { medOrgOrd, refdType, refChannel, ecToken } = intent
  const outcome = await parts.centre.refund({
    medOrgOrd,
    payOrdId: payOrdId ?? undefined,
    appRefdSn,
    refdType,
    refChannel,
    ecToken,
  })
  const order = endOperation(parts, operation, outcome, {
    interfaceId: '1.4',
    kinds: {
      succeeded: 'refundSucceeded',
      refused: 'refundRefused',
      notSent: 'refundNotSent',
      unknown: 'refundUnknown',
    },
    succeed: (record, reply) => refunded(parts.store, operation, record, refdType, reply),
  })
  return ok(order)
}

function beginRefund(
  { store, clock }: RefundParts,
  intent: RefundIntent,
): Result<{ operation: OperationRecord; payOrdId: string | null; appRefdSn: string }, RefundFailure> {
  const { medOrgOrd, refdType, refChannel, reason } = intent
  const record = store.book.find(medOrgOrd)
  if (record === undefined) return err(failure('ORDER_NOT_FOUND'))
  const locked = lockedBy(store, medOrgOrd)
  if (locked !== undefined) return err(locked)
  const obstacle = refundObstacle(refundPosition(record, store.refunds.of(medOrgOrd)), refdType)
  if (obstacle !== undefined) return err(failure('ORDER_STATE_FORBIDS', OBSTACLE_WORDS[obstacle], { obstacle }))

  const appRefdSn = store.refunds.numberOfFailedTry(medOrgOrd, refdType) ?? mintRefundNumber(clock)
  const operation = beginOperation({ store, clock }, intent, {
    kind: 'refund',
    request: { medOrgOrd, payOrdId: record.payOrdId, appRefdSn, refdType },
    entry: 'refundSent',
    data: { refdType, refChannel, appRefdSn, reason },
    also: ({ id }) => store.refunds.insert({ operationId: id, medOrgOrd, appRefdSn, refdType, refChannel, reason }),
  })
  return ok({ operation, payOrdId: record.payOrdId, appRefdSn })
}

/** The centre says it is done: its words about the money are kept, and the leg counts as refunded. */
function refunded(
  store: Store,
  operation: OperationRecord,
  record: OrderRecord,
  refdType: RefundType,
  reply: RefundReply,
): OrderRecord {
  const earlier = store.refunds.of(record.medOrgOrd)
  const position = refundPosition({ ...record, state: record.proof.state }, earlier)
  const due = refundDue(refdType, position, leftOnLegs(record.proof.amounts, earlier))
  const told = viewRefund(reply)
  store.refunds.tell(operation.id, told)
  const proof = applyEvidence(record.proof, {
    source: 'query',
    ordStas: ordStasAfterReply(refdType, position, due.cash, told.cashFen),
    setlType: record.proof.setlType,
    amounts: NO_AMOUNTS,
  })
  const tooMuch = exceedsPaid(record.proof.amounts, [...earlier, told])
  return { ...record, proof: tooMuch ? inSuspense(proof, 'refundExceedsPaid') : proof }
}

/** Unique without asking anybody: time to the second in UTC+8 and eight random digits. */
function mintRefundNumber(clock: Clock): string {
  return `RF${formatCompactTime(clock.now())}${String(randomInt(100_000_000)).padStart(8, '0')}`
}

const OBSTACLE_WORDS: Readonly<Record<RefundObstacle, string>> = {
  notPaid: '订单没有支付，不需要退款',
  alreadyRefunded: '订单已经全部退款',
  legAbsent: '订单没有这一部分',
  legRefunded: '这一部分已经退款',
  insuranceFirst: '须先退医保部分，再退自费部分',
  onlyRestLeft: '订单只剩一部分可退，请选择那一部分',
  outcomeUnknown: '上一笔操作结果未知，请等待查询结果',
  nothingLeft: '已付的金额已经全部退回，不能再退',
  needsPerson: '订单需要人工核对，不能直接退款',
}
