import { catalogueLine, type SimulatedLine } from './simulator-charge.ts'

/** A prescription of sixty herbs (中药饮片), price a gram and grams in all: the longest list of fee lines at the window. */
const HERBS =
  '黄芪 党参 白术 茯苓 炙甘草 当归 川芎 白芍 熟地黄 生地黄 麦冬 五味子 山药 山茱萸 牡丹皮 泽泻 枸杞子 菊花 桑叶 薄荷 ' +
  '荆芥 防风 柴胡 葛根 黄芩 黄连 黄柏 栀子 连翘 金银花 板蓝根 蒲公英 桔梗 苦杏仁 陈皮 法半夏 枳壳 厚朴 砂仁 木香 ' +
  '香附 郁金 丹参 红花 桃仁 牛膝 杜仲 续断 桑寄生 独活 羌活 秦艽 威灵仙 酸枣仁 远志 合欢皮 龙骨 牡蛎 大枣 生姜'

export const HERB_LINES: readonly SimulatedLine[] = HERBS.split(' ').map((name, index) => {
  const code = `T99${String(index + 1).padStart(9, '0')}`
  // 7 doses of 6, 9, 12 or 15 g; prices with three decimals, so that the lines have parts smaller than a fen.
  const grams = 7 * (6 + 3 * (index % 4))
  const price = `0.${String(38 + ((index * 37) % 411)).padStart(3, '0')}`
  return catalogueLine(name, '中药饮片 g', code, price, String(grams))
})
