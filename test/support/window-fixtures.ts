import { createStore } from 'zustand'
import type { AppState, AppStore } from '#renderer/lib/app-store.ts'
import type { CallResult, RpcClient } from '#renderer/lib/rpc-client.ts'
import { type Connection, listenerSet } from '#renderer/lib/transport.ts'
import type { Charge } from '#shared/contract/charges.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { Health } from '#shared/contract/session.ts'
import type { Input, ProcedureName } from '#shared/contract/table.ts'
import { fen, ZERO_FEN } from '#shared/domain/money.ts'
import { err } from '#shared/domain/result.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'

export const NOW_MS = Date.UTC(2026, 0, 5, 2, 0, 0)
export const CHARGE_NO = 'MZ20260105000001'

/** An order as the main process tells it; every test says what matters to it. */
export function anOrder(change: Partial<Order> = {}): Order {
  return {
    medOrgOrd: CHARGE_NO,
    payOrdId: null,
    ordStas: null,
    state: 'created',
    legs: { insurance: 'none', cash: 'none' },
    setlType: null,
    amounts: NO_AMOUNTS,
    totalFen: fen(12_345),
    patientName: '测试甲',
    maskedIdNo: '990•••••••••••001X',
    deptName: '内科',
    createdAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    drName: '测试医生',
    visitTime: '2026-01-05 09:30:00',
    cashierUrl: null,
    uploadedAtMs: null,
    payUntilMs: null,
    hiDocSn: null,
    hiRgstSn: null,
    settledAtMs: null,
    suspenseReason: null,
    amountsFrom: null,
    identityHolds: null,
    callbackAtMs: null,
    lastQueryAtMs: null,
    nextQueryAtMs: null,
    questionsAsked: 0,
    may: { upload: true, revoke: false, query: false },
    refundObstacles: { ALL: 'notPaid', CASH: 'notPaid', HI: 'notPaid' },
    nextRefund: null,
    refunds: [],
    decision: { obstacle: 'notUnknown', notBeforeMs: null },
    decisions: [],
    rebuiltAtMs: null,
    feeChanged: false,
    timeline: [],
    ...change,
  }
}

export function aCharge(change: Partial<Charge> = {}): Charge {
  return {
    medOrgOrd: CHARGE_NO,
    patientName: '测试甲',
    maskedIdNo: '990•••••••••••001X',
    deptName: '内科',
    drName: '测试医生',
    visitTime: '2026-01-05 09:30:00',
    visitAtMs: NOW_MS,
    totalFen: fen(12_345),
    state: 'created',
    catalogueFen: fen(12_345),
    outOfCatalogueFen: ZERO_FEN,
    prepaidBalanceFen: ZERO_FEN,
    medType: '11',
    insutype: '310',
    visitNo: 'V1',
    lines: [],
    diagnoses: [],
    fetchedAtMs: NOW_MS,
    linesSumFen: fen(12_345),
    feeChanged: false,
    ...change,
  }
}

type Handlers = { [N in ProcedureName]?: (input: Input<N>) => Promise<CallResult<N>> | CallResult<N> }

/** A client whose answers the test writes; it keeps what was asked and lets the test tell events. */
export function fakeClient(handlers: Handlers) {
  const events = listenerSet<AppEvent>()
  const connections = listenerSet<Connection>()
  const calls: { name: ProcedureName; input: unknown }[] = []
  const client: RpcClient = {
    async call(name, input) {
      calls.push({ name, input })
      const handler = handlers[name]
      return handler === undefined ? err({ code: 'INTERNAL', message: `no answer for ${name}` }) : handler(input)
    },
    onEvent: events.add,
    onConnection: connections.add,
  }
  return { client, calls, tell: events.tell, connect: connections.tell }
}

export function healthWith(change: Partial<Health> = {}): Health {
  const ok = { state: 'ok', words: '正常', sinceMs: NOW_MS } as const
  return {
    centre: ok,
    listener: ok,
    his: ok,
    store: ok,
    attentionCount: 0,
    callbacks: { accepted: 0, refusedCallers: 0, lastAtMs: null },
    ...change,
  }
}

export function fakeApp(clock: { nowMs: number }, health: Health = healthWith()): AppStore {
  const store = createStore<AppState>(() => ({
    session: null,
    settings: null,
    health,
    tasks: [],
    lock: { locked: false, needsPin: false },
    connection: 'open',
    bootFailure: null,
  }))
  return {
    ...store,
    clock: { now: () => clock.nowMs },
    lockWindow: async () => store.setState({ lock: { locked: true, needsPin: false } }),
    unlockWindow: async () => null,
    load: async () => undefined,
  }
}
