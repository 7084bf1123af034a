import type { Random } from './random.ts'

/** One invented patient. */
export interface Person {
  readonly name: string
  /** 18 characters of area 99, which does not exist, with a valid check digit. */
  readonly idNo: string
  readonly insutype: string
}

/** Common surnames come more often, as they do: the first is the most common. */
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const GIVEN = [
  ...'安柏辰澄初川淳岱尔帆芳枫谷冠桂海涵禾鹤衡宏怀晖惠霁佳简江洁津锦景静君恺可岚乐黎霖凌洛茂铭沐楠宁沛平其乾清秋然若珊尚声舒朔素棠庭桐婉唯文溪夏晓心秀煦雅言砚遥一宜以亦盈影雨语远月云泽昭哲知之芷竹子作',
]

/** As many invented patients as asked for; names repeat as they do, numbers do not. */
export function inventPersons(random: Random, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => inventPerson(random, index))
}

function inventPerson(random: Random, index: number): Person {
  const surname = SURNAMES[Math.floor(random.next() ** 2 * SURNAMES.length)] ?? '王'
  const given = random.chance(0.15) ? random.pick(GIVEN) : random.pick(GIVEN) + random.pick(GIVEN)
  return { name: surname + given, idNo: inventIdNo(random, index), insutype: random.chance(0.6) ? '310' : '390' }
}

/** The birthday and the serial count through the persons, so that no two have the same number. */
function inventIdNo(random: Random, index: number): string {
  const day = new Date(Date.UTC(1935, 0, 1) + (index % 31_000) * 86_400_000).toISOString().slice(0, 10)
  const serial = String(Math.floor(index / 31_000) * 9 + random.below(9) + 1).padStart(3, '0')
  const region = `9901${String(random.below(12) + 1).padStart(2, '0')}`
  const first17 = `${region}${day.replaceAll('-', '')}${serial}`
  return first17 + checkDigit(first17)
}

/** GB 11643-1999. */
function checkDigit(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return '10X98765432'[sum % 11] ?? 'X'
}
