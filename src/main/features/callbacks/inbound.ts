import type { InboundAnswer, InboundHandler, InboundMessage } from '#main/callback-listener/callback-listener.ts'
import { UnreadableFold } from '#main/store/fold/fold-block.ts'
import { describeSqliteError } from '#main/store/store-problem.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { answerFeeDetail, answerFeeList, type FeeParts } from './answer-fees.ts'
import { receiveMiniProgramResult } from './mini-program-inbox.ts'
import type { SettlementInbox } from './settlement-inbox.ts'

export interface InboundParts extends FeeParts {
  readonly inbox: SettlementInbox
}

/**
 * What the centre asks and tells (2.1–2.4), one handler for the listener. A request for another institution, an unknown
 * order and a malformed body get code 0 with the reason and no patient data.
 */
export function inboundHandler(parts: InboundParts): InboundHandler {
  return async (message) => {
    try {
      return await answer(parts, message)
    } catch (error) {
      const isOfTheStore = describeSqliteError(error) !== undefined
      if (!isOfTheStore && !(error instanceof UnreadableFold)) throw error
      // One order that cannot be read says nothing of the others.
      if (isOfTheStore) parts.store.faults.note(error)
      // Not stored, so not acknowledged: the centre will try again (rule 9).
      return { status: 503, body: writeInboundReply(0, '医院端暂时无法保存，请稍后重发') }
    }
  }
}

function answer(parts: InboundParts, message: InboundMessage): Promise<InboundAnswer> {
  switch (message.interfaceId) {
    case '2.1':
      return answerFeeDetail(parts, message)
    case '2.2':
      return parts.inbox.receive(message)
    case '2.3':
      return receiveMiniProgramResult(parts.store, message)
    case '2.4':
      return answerFeeList(parts, message)
  }
}
