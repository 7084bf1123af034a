import { randomUUID } from 'node:crypto'

/** What is asked of one bill; it is written when it is fetched. */
export interface BillRequest {
  /** yyyyMMdd, UTC+8. */
  readonly billDate: string
  readonly billType: 'ALL' | 'SUCCESS' | 'REFUND'
}

/** Tickets for bills that were asked for and may be fetched. */
export interface Bills {
  issue(request: BillRequest): string
  find(ticket: string): BillRequest | undefined
}

export function createBills(): Bills {
  const issued = new Map<string, BillRequest>()
  return {
    issue(request) {
      const ticket = randomUUID()
      issued.set(ticket, request)
      return ticket
    },
    find: (ticket) => issued.get(ticket),
  }
}
