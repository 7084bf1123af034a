/** Names of codes that the window shows (dictionaries.md). Always `code name`; an unknown code is shown as itself. */
const ORD_STAS = {
  '0': '已保存',
  '1': '预结算完成',
  '2': '待支付',
  '3': '自费完成',
  '4': '医保支付完成',
  '5': '院内结算完成',
  '6': '结算完成',
  '7': '已退款',
  '8': '已医保全部退款',
  '9': '仅自费全部退款',
  '10': '仅自费部分退款',
  '11': '医保全部退款自费部分退款',
  '12': '已撤销',
  '13': '医保已撤销',
  '14': '异常',
  '15': '结算失败',
  '16': '医保结算失败自费冲正失败',
  '17': '退款中',
}
const MED_TYPE = {
  '11': '普通门诊',
  '12': '门诊挂号',
  '13': '急诊',
  '14': '门诊慢特病',
  '21': '普通住院',
  '22': '外伤住院',
  '23': '转外诊治住院',
  '24': '急诊转住院',
  '41': '定点药店购药',
  '51': '生育门诊',
  '52': '生育住院',
  '53': '计划生育手术费',
}
const INSUTYPE = {
  '310': '职工基本医疗保险',
  '320': '公务员医疗补助',
  '330': '大额医疗费用补助',
  '340': '离休人员医疗保障',
  '390': '城乡居民基本医疗保险',
  '391': '城镇居民基本医疗保险',
  '392': '城乡居民大病医疗保险',
  '399': '其他特殊人员医疗保障',
  '510': '生育保险',
}
const DIAG_TYPE = { '1': '西医诊断', '2': '中医主病诊断', '3': '中医主证诊断' }

const DICTIONARIES = { ordStas: ORD_STAS, medType: MED_TYPE, insutype: INSUTYPE, diagType: DIAG_TYPE } as const

/** `code name`, or the code alone when the dictionary does not list it. */
export function codeAndName(dictionary: keyof typeof DICTIONARIES, code: string): string {
  const names: Readonly<Record<string, string>> = DICTIONARIES[dictionary]
  return Object.hasOwn(names, code) ? `${code} ${names[code]}` : code
}
