import { z } from 'zod'
import { type Fen, fenFromYuanText, parseDecimal } from '../domain/money.ts'
import { parseWireTime } from '../domain/time.ts'
import { isJsonObject, JsonNumber, type JsonObject, parseJson } from './json.ts'
import { documented } from './wire-facts.ts'

/**
 * The wire's field types. Messages say in zh-CN what was expected; they never repeat the value, which may be a
 * person's. Text and times are documented as String; amounts have no type here, because the document itself writes them
 * both ways (Q8).
 */

/** Text, also where a far side wrote a number (quirk Q8 and its reverse). */
const textOrNumber = z
  .union([z.string(), z.instanceof(JsonNumber)], { error: '应为文本或数字' })
  .transform((value) => (typeof value === 'string' ? value.trim() : value.text))

export const wireText = documented(
  textOrNumber.refine((text) => text.length > 0, { error: '不能为空' }),
  { type: 'String' },
)

/** Absent, null and blank all mean "not told". */
export const wireOptionalText = documented(
  z
    .union([textOrNumber, z.null()], { error: '应为文本或数字' })
    .optional()
    .transform((text) => (text === null || text === '' ? undefined : text)),
  { type: 'String' },
)

function toFen(text: string, context: z.RefinementCtx): Fen {
  const amount = fenFromYuanText(text)
  if (amount !== undefined) return amount
  context.addIssue({ code: 'custom', message: '应为金额（元），最多两位小数' })
  return z.NEVER
}

/** A settlement amount in yuan, as decimal text or number, to whole fen. */
export const wireAmount = wireText.transform(toFen)

export const wireOptionalAmount = wireOptionalText.transform((text, context) =>
  text === undefined ? undefined : toFen(text, context),
)

/** The same where table and example agree on a JSON number: 2.2 and 2.3. */
export const wireNumberAmount = documented(wireAmount, { type: 'Number' })
export const wireOptionalNumberAmount = documented(wireOptionalAmount, { type: 'Number' })

/** An exact decimal that keeps its digits: prices and counts of fee lines (quirk Q10). */
export const wireDecimalText = textOrNumber.refine((text) => parseDecimal(text) !== undefined, {
  error: '应为十进制数',
})

export interface WireTime {
  /** As it was written. */
  readonly text: string
  readonly atMs: number
}

function toTime(text: string, context: z.RefinementCtx): WireTime {
  const atMs = parseWireTime(text)
  if (atMs !== undefined) return { text, atMs }
  context.addIssue({ code: 'custom', message: '应为时间，如 20230418113442 或 2023-04-18 11:34:41' })
  return z.NEVER
}

/** A point in time in any of the wire's spellings (quirk Q11), UTC+8. */
export const wireTime = documented(wireText.transform(toTime), { type: 'String' })

export const wireOptionalTime = documented(
  wireOptionalText.transform((text, context) => (text === undefined ? undefined : toTime(text, context))),
  { type: 'String' },
)

/** One of the codes that the document itself lists. Codes of other dictionaries are text: unknown ones are kept (Q17). */
export function oneOf<const C extends readonly [string, ...string[]]>(codes: C) {
  return z.enum(codes, { error: `应为 ${codes.join('、')} 之一` })
}

/** An object, or the same object as JSON text (quirk Q5). Missing or blank means empty: no settlement fails for it. */
export const wireEmbedded = documented(
  z
    .unknown()
    .optional()
    .transform((value, context): JsonObject => {
      if (value === undefined || value === null || value === '') return {}
      const parsed = typeof value === 'string' ? parseJson(value)?.value : value
      if (isJsonObject(parsed)) return parsed
      context.addIssue({ code: 'custom', message: '应为对象，或对象的 JSON 文本' })
      return z.NEVER
    }),
  { embedded: true },
)

/** What 1.3, 1.4 and 1.7 name an order by: the centre's number or the hospital's, one is enough. */
export const orderNumbersShape = {
  payOrdId: wireOptionalText,
  medOrgOrd: wireOptionalText,
}
