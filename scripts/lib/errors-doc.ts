import { ATTENTION_WORDS } from '../../src/renderer/ui/words/attention.ts'
import { ERROR_WORDS, GROUP_WORDS, groupOf } from '../../src/renderer/ui/words/errors.ts'
import { ORD_STAS_WORDS } from '../../src/renderer/ui/words/ord-stas.ts'
import { STATE_WORDS } from '../../src/renderer/ui/words/states.ts'
import type { Words } from '../../src/renderer/ui/words/words.ts'
import { UNIVERSAL_ERRORS } from '../../src/shared/contract/procedure.ts'
import { PROCEDURES } from '../../src/shared/contract/table.ts'

type Code = keyof typeof ERROR_WORDS

/** docs/errors.zh-CN.md, from the very words that the window shows and from the contract. */
export function errorsDoc(): string {
  return `${[
    '# 错误码与状态',
    '由 `npm run docs:errors` 从程序的词表生成，请勿手改。窗口里每个失败都带着小字的代码；在那里点开「说明」，断网也能看到同样的内容。',
    '## 错误码',
    '按收费员接下来做什么分组。',
    ...groups().flatMap(([group, codes]) => [`### ${GROUP_WORDS[group]}`, ...codes.map(errorEntry)]),
    '## 订单状态',
    table('状态', Object.entries(STATE_WORDS)),
    '## 待处理的原因',
    table('原因', Object.entries(ATTENTION_WORDS)),
    '## 中心的状态码 ordStas',
    '两边（医保、自费）都有的订单这样读；只有一边的订单见「信息科」一列。',
    table('代码', Object.entries(ORD_STAS_WORDS)),
  ].join('\n\n')}\n`
}

function groups(): readonly (readonly [ReturnType<typeof groupOf>, readonly Code[]])[] {
  // Object.keys forgets the literal names of a constant table.
  const codes = Object.keys(ERROR_WORDS) as readonly Code[]
  const names = [...new Set(codes.map(groupOf))]
  return names.map((name) => [name, codes.filter((code) => groupOf(code) === name)])
}

function errorEntry(code: Code): string {
  const { name, patient, cashier, it } = ERROR_WORDS[code]
  return [
    `#### ${code}`,
    '',
    `**${name}**`,
    '',
    `- 收费员：${cashier}`,
    `- 对患者说：${patient}`,
    `- 信息科：${it}`,
    `- 出现于：${placesOf(code)}`,
  ].join('\n')
}

/** Which calls may answer it, from the contract; the window's own two come from no call. */
function placesOf(code: Code): string {
  if ((UNIVERSAL_ERRORS as readonly string[]).includes(code)) return '任何操作'
  const names = Object.entries(PROCEDURES).filter(([, { errors }]) => (errors as readonly string[]).includes(code))
  return names.length === 0 ? '窗口与本机程序之间，或操作的记录中' : names.map(([name]) => `\`${name}\``).join('、')
}

function table(first: string, rows: readonly (readonly [string, Words])[]): string {
  return [
    `| ${first} | 名称 | 对患者说 | 收费员 | 信息科 |`,
    '|---|---|---|---|---|',
    ...rows.map(
      ([key, { name, patient, cashier, it }]) => `| \`${key}\` | ${name} | ${patient} | ${cashier} | ${it} |`,
    ),
  ].join('\n')
}
