/** Why a key does nothing now. What a key does stands with its binding, as on its button. */
export const KEY_OFF_WORDS = {
  noPatient: '还没有选定患者',
  noOrder: '还没有打开订单',
  notUploaded: '还没有上传，中心没有可查的订单',
  notScanned: '还没有扫码',
  busy: '正在等待答复',
  notOnThisScreen: '这一页不用',
  chooseOnly: '先按 Esc 返回，再选别的患者',
  nothingOpen: '没有打开的内容',
  unchanged: '没有改动',
  noBill: '还没有打开对账单',
  notHalf: '这个订单没有可退的一半',
  nothingToAdd: '现在没有可以判定或记下的',
  noTest: '这一项不用测试',
  paymentOpen: '这笔收费还没有结束，不能离开',
} as const
