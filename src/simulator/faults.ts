import { z } from 'zod'
import { isJsonObject, JsonNumber, type JsonObject } from '#shared/centre/json.ts'
import { addFen, fen, fenFromYuanText, yuanText } from '#shared/domain/money.ts'

/** What can go wrong on the way, and on which interface it means anything. A rule without effect would be a trap. */
const REQUESTS = ['1.3', '1.4', '1.5', '1.6', '1.7', '1.8'] as const
const CALLS = ['2.1', '2.2', '2.3'] as const
const BOTH = [...REQUESTS, ...CALLS] as const

const APPLICABLE = {
  /** Waits `ms` (default 1000) before it goes on. */
  delay: BOTH,
  /** Not processed; the connection stays open until the caller goes. */
  timeoutBefore: REQUESTS,
  /** Processed; the connection stays open until the caller goes. */
  timeoutAfter: REQUESTS,
  /** Not processed, or not sent; the connection breaks. */
  cutBefore: BOTH,
  /** Processed; half of the answer is sent, then the connection breaks. */
  cutMiddle: REQUESTS,
  /** Processed, or sent; the connection breaks before the answer. */
  cutAfter: BOTH,
  /** Not processed; refused with the message in `value`. */
  refuse: REQUESTS,
  /** Processed; the answer (or what is sent) is not JSON. */
  garbage: BOTH,
  /** Processed; the answer is a proxy's HTML page with status 200. */
  html: REQUESTS,
  /** Processed; the answer is empty with the HTTP status in `value` (default 502). */
  status: REQUESTS,
  /** Processed; the message names another order. */
  otherOrder: ['1.3', '1.4', '1.6', '2.1', '2.2', '2.3'],
  /** The message is not sent at all. */
  loseCallback: CALLS,
  /** The message is sent `value` more times (default 1). */
  repeatCallback: CALLS,
  /** The self-paid part is one fen too much, so that the identity of 2.2 fails. */
  badIdentity: ['1.3', '2.2', '2.3'],
  /** Total and self-paid part are one fen too much: the identity holds, the money is other money. */
  otherMoney: ['1.3', '2.2', '2.3'],
  /** The answer names the URL in `value` as that of the bill. */
  billUrl: ['1.5'],
  /** The message says the code in `value`; the order itself keeps its own. */
  ordStas: ['1.3', '2.2'],
} as const satisfies Record<string, readonly (typeof BOTH)[number][]>

export type FaultKind = keyof typeof APPLICABLE
export type FaultInterface = (typeof BOTH)[number]

const KINDS = Object.keys(APPLICABLE) as FaultKind[]

/** One rule of the script, as `POST /sim/faults` takes it. Without `times` it holds until the rules are deleted. */
export const faultSchema = z
  .strictObject({
    interface: z.enum(BOTH, { error: `应为 ${BOTH.join('、')}` }),
    kind: z.enum(KINDS, { error: `应为 ${KINDS.join('、')}` }),
    times: z.int({ error: '应为正整数' }).min(1, { error: '应为正整数' }).optional(),
    ms: z.int({ error: '应为毫秒数' }).min(0).max(600_000).optional(),
    value: z.union([z.string(), z.number()], { error: '应为文本或数字' }).transform(String).optional(),
    medOrgOrd: z.string({ error: '应为文本' }).optional(),
  })
  .superRefine((rule, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const applicable: readonly string[] = APPLICABLE[rule.kind]
    if (!applicable.includes(rule.interface)) refuse('kind', `${rule.kind} 只用于 ${applicable.join('、')}`)
    if (rule.kind === 'ordStas' && rule.value === undefined) refuse('value', '应写明订单状态码')
    if (rule.kind === 'billUrl' && rule.value === undefined) refuse('value', '应写明网址')
    if (rule.kind === 'status' && !/^[1-5]\d\d$/.test(rule.value ?? '502')) refuse('value', '应为 HTTP 状态码')
    if (rule.kind === 'repeatCallback' && !/^\d{1,2}$/.test(rule.value ?? '1')) refuse('value', '应为 0 到 99 的次数')
  })
export type Fault = z.output<typeof faultSchema>

export interface FaultScript {
  add(rule: Fault): void
  clear(): void
  rules(): readonly Fault[]
  /** The rules that hold for this message, of the kinds asked for; each is used up once. */
  take(interfaceId: FaultInterface, medOrgOrd: string | undefined, kinds?: readonly FaultKind[]): readonly Fault[]
}

export function createFaultScript(): FaultScript {
  let rules: readonly Fault[] = []
  return {
    add(rule) {
      rules = [...rules, rule]
    },
    clear() {
      rules = []
    },
    rules: () => rules,
    take(interfaceId, medOrgOrd, kinds = KINDS) {
      const holds = (rule: Fault) =>
        rule.interface === interfaceId &&
        kinds.includes(rule.kind) &&
        (rule.medOrgOrd === undefined || rule.medOrgOrd === medOrgOrd)
      const taken = rules.filter(holds)
      rules = rules.map((rule) => (taken.includes(rule) ? usedOnce(rule) : rule)).filter((rule) => rule.times !== 0)
      return taken
    },
  }
}

function usedOnce(rule: Fault): Fault {
  return rule.times === undefined ? rule : { ...rule, times: rule.times - 1 }
}

/** Kinds that change what a message says, not whether it arrives. */
export const CONTENT_KINDS = ['otherOrder', 'badIdentity', 'otherMoney', 'ordStas'] as const satisfies FaultKind[]

/** The message with the content faults played on it, wrapped or flat. */
export function distort(message: JsonObject, faults: readonly Fault[]): JsonObject {
  const { data } = message
  if (isJsonObject(data)) return { ...message, data: faults.reduce(distortData, data) }
  return faults.reduce(distortData, message)
}

function distortData(data: JsonObject, fault: Fault): JsonObject {
  if (fault.kind === 'otherOrder') return replacePresent(data, { medOrgOrd: foreignNumber, payOrdId: foreignNumber })
  if (fault.kind === 'ordStas') return { ...data, ordStas: fault.value }
  if (fault.kind === 'billUrl') return { ...data, downloadUrl: fault.value }
  if (fault.kind === 'badIdentity') return replacePresent(data, { ownPayAmt: oneFenMore, ownpayAmt: oneFenMore })
  if (fault.kind !== 'otherMoney') return data
  return replacePresent(data, { feeSumamt: oneFenMore, ownPayAmt: oneFenMore, ownpayAmt: oneFenMore })
}

function replacePresent(data: JsonObject, changes: Readonly<Record<string, (value: unknown) => unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, changes[key]?.(value) ?? value]))
}

/** Another number of the same form: the last digit is turned. */
function foreignNumber(value: unknown): string {
  const text = String(value)
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
}

function oneFenMore(value: unknown): unknown {
  const amount = value instanceof JsonNumber ? fenFromYuanText(value.text) : undefined
  return amount === undefined ? value : new JsonNumber(yuanText(addFen(amount, fen(1))))
}
