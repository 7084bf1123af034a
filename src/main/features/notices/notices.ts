import { randomUUID } from 'node:crypto'
import type { CentreClient } from '#main/centre-client/centre-client.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Store } from '#main/store/store.ts'
import type { ParsedInputOf } from '#shared/contract/procedure.ts'
import type { Procedures } from '#shared/contract/table.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { maskIdNo, maskName } from '#shared/domain/masks.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'

export interface NoticeParts {
  readonly store: Store
  readonly centre: CentreClient
  readonly clock: Clock
}

type SendFailure = Failure<'CENTRE_UNREACHABLE' | 'CENTRE_REFUSED' | 'OUTCOME_UNKNOWN'>
type SendInput = ParsedInputOf<Procedures['notices.send']>

const SHOWN = 50

export function noticeHandlers(parts: NoticeParts): Pick<Handlers, 'notices.send' | 'notices.list'> {
  /** Persons whom a notice is on its way to. What was on its way when a process ended is unknown, not under way. */
  const underWay = new Set<string>()
  return {
    'notices.send': async (input, { operator }) => {
      const person = `${input.idType} ${input.idNo.toUpperCase()}`
      if (underWay.has(person)) return err(failure('ORDER_BUSY', '给这位患者的通知正在发送，请等它结束'))
      underWay.add(person)
      try {
        return await sendNotice(parts, input, operator.name)
      } finally {
        underWay.delete(person)
      }
    },
    'notices.list': ({ limit = SHOWN }) => ok({ notices: parts.store.notices.recent(limit) }),
  }
}

/** Tells a patient (interface 1.8): journal, commit, send once. A notice moves no money, so it locks no order. */
async function sendNotice(
  { store, centre, clock }: NoticeParts,
  input: SendInput,
  operatorName: string,
): Promise<Result<{ sentAtMs: number }, SendFailure>> {
  const before = store.notices.byRequestId(input.requestId)
  // Journalled by this very command, whose answer was lost with the process: it is not sent again.
  if (before !== undefined) return err(failure('OUTCOME_UNKNOWN', MAY_HAVE_ARRIVED))
  const { requestId, psnName, idType, idNo, msgType, channel } = input
  const id = randomUUID()
  const startedAtMs = clock.now()
  store.notices.insert({
    ...{ id, requestId, idType, msgType, channel, operatorName, startedAtMs },
    maskedName: maskName(psnName),
    maskedIdNo: maskIdNo(idNo),
  })
  store.notices.setSent(id)
  const outcome = await centre.notifyClinic({ psnName, idType, idNo, msgType, channel })
  if (outcome.outcome === 'succeeded') {
    store.notices.finish(id, 'succeeded', null, clock.now())
    store.wireLog.countDrift('1.8', outcome.drift, clock.now())
    return ok({ sentAtMs: startedAtMs })
  }
  store.notices.finish(id, outcome.outcome, outcome.words, clock.now())
  if (outcome.outcome === 'unknown') return err(failure('OUTCOME_UNKNOWN', `${outcome.words}，${MAY_HAVE_ARRIVED}`))
  return err(failure(outcome.reason === 'refused' ? 'CENTRE_REFUSED' : 'CENTRE_UNREACHABLE', outcome.words))
}

const MAY_HAVE_ARRIVED = '通知可能已经送达，请先问患者是否收到'
