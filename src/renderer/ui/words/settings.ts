import type { DriftRow } from '#shared/contract/diagnostics.ts'
import type { Environment, Settings, SettingsTest, TestPart } from '#shared/contract/settings.ts'
import type { DictionaryName } from '#shared/domain/dictionaries.ts'
import type { NextStep, Tone } from './words.ts'

/** Every word about the settings. A setting without its words does not compile. */

type LeafPath<T, P extends string = ''> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends string | number | boolean | readonly unknown[]
    ? `${P}${K}`
    : LeafPath<NonNullable<T[K]>, `${P}${K}.`>
}[keyof T & string]

/** Path of one setting as the schema names it: `centre.baseUrl`. The dictionaries have an editor of their own. */
export type SettingPath = LeafPath<Omit<Settings, 'dictionaries'>>

interface SettingWords {
  readonly name: string
  /** What it does, for hospital IT. */
  readonly meaning: string
}
const says = (name: string, meaning: string): SettingWords => ({ name, meaning })
const COLUMN = '对账单里这一列的列名，一行一个；排在内置列名之前'

export const SETTING_WORDS: Readonly<Record<SettingPath, SettingWords>> = {
  environment: says('环境', '每个环境各用各的数据库，互不相见；切换后立即生效'),
  'centre.baseUrl': says('中心地址', '支付中心的网址，不含接口路径；模拟环境用内置中心，不看这一项'),
  'centre.appId': says('appId', '支付中心分配的应用编号，通常 32 位大写字母和数字'),
  'centre.orgCodg': says('机构编码 orgCodg', '定点医药机构编码，H 加 10 或 11 位数字'),
  'centre.orgName': says('机构名称', '显示在窗口上方'),
  'centre.queryTimeoutMs': says('查询时限（毫秒）', '一次查询从连接到收完的总时限，默认 10000'),
  'centre.writeTimeoutMs': says('提交时限（毫秒）', '上传、撤销、退款、通知的总时限，默认 30000；超时即「结果未知」'),
  'centre.payWithinSeconds': says('等待支付（秒）', '倒计时多久后提示时间已到；不证明患者没有付'),
  'centre.paths.cashier': says('1.2 收银台', '患者付款页的路径'),
  'centre.paths.queryOrder': says('1.3 订单查询', '接口路径，以 / 开头'),
  'centre.paths.refund': says('1.4 退款', '接口路径，以 / 开头'),
  'centre.paths.downloadBill': says('1.5 对账单下载', '接口路径，以 / 开头'),
  'centre.paths.uploadFees': says('1.6 费用上传', '接口路径，以 / 开头'),
  'centre.paths.revokeUpload': says('1.7 上传撤销', '接口路径，以 / 开头'),
  'centre.paths.notifyClinic': says('1.8 诊间结算通知', '接口路径，以 / 开头'),
  'listener.host': says('监听地址', '本机哪块网卡接收通知；127.0.0.1 只有本机能连，正式使用填本机对中心的地址'),
  'listener.port': says('监听端口', '支付中心调用的端口，防火墙要放行入站；0 为任选空闲端口'),
  'listener.allowedCallers': says('允许的来源', '可以调用的 IP 或网段，一行一个；其他来源一律 403'),
  'listener.paths.feeDetail': says('2.1 费用明细', '中心来取明细的路径'),
  'listener.paths.settlement': says('2.2 结算通知', '中心送结算结果的路径'),
  'listener.paths.miniProgram': says('2.3 小程序结算', '中心送小程序结果的路径'),
  'listener.paths.feeList': says('2.4 待缴费列表', '中心查待缴费的路径'),
  'his.source': says('来源', '待缴费从哪里来，结果写回哪里'),
  'his.folder.inbox': says('收件文件夹', '医院系统每单放一个 JSON 文件；完整路径'),
  'his.folder.outbox': says('回写文件夹', '结算和退款结果写在这里；空着则写不出去，一直等待'),
  'his.http.baseUrl': says('接口地址', '医院系统的网址，不含路径'),
  'his.http.paths.feeDetail': says('2.1 明细', '医院系统的明细接口路径'),
  'his.http.paths.feeList': says('2.4 列表', '医院系统的待缴费列表路径'),
  'his.http.paths.result': says('结果回写', '结算和退款结果 POST 到这里'),
  'scanner.decoder': says(
    '解码',
    '原样：扫到的就是 ecToken；解码服务：先交本院的服务换成 ecToken；模拟：内置的虚构凭证',
  ),
  'scanner.prefix': says('前缀', '扫码枪在内容前加的字符；没有则空着'),
  'scanner.suffix': says('后缀', '扫码枪在内容后送的键'),
  'scanner.fastGapMs': says('按键间隔上限（毫秒）', '间隔的中位数不超过它才算扫码，默认 50；由「扫码枪校准」得出'),
  'scanner.letterCase': says('字母大小写', '扫码枪把大小写送反时选「反转」；由「扫码枪校准」得出'),
  'scanner.tokenLifeSeconds': says('扫到的码保留（秒）', '超过即清除，请患者刷新后再扫；默认 300'),
  'scanner.usbDevices': says(
    'USB/串口扫码枪',
    '桌面版可以打开的设备，一行一个 VID:PID，如 0c2e:0b61；键盘方式的扫码枪不用填',
  ),
  'scanner.baudRate': says('串口波特率', '与扫码枪的设置相同，默认 9600'),
  'scanner.http.baseUrl': says('解码服务地址', '本机的解码服务，如 http://127.0.0.1:7001；其他主机要先登记在下面'),
  'scanner.http.path': says('路径', '接口路径，以 / 开头'),
  'scanner.http.allowedHosts': says('允许的主机', '本机以外可以访问的解码服务，一行一个，可带端口'),
  'scanner.http.timeoutMs': says('解码时限（毫秒）', '只试一次；从连接到收完的总时限'),
  'scanner.http.businessType': says('业务类型', 'businessType，收费结算为 01301'),
  'scanner.http.operatorId': says('操作员编号', '送给解码服务的 operatorId'),
  'scanner.http.officeId': says('科室编号', '送给解码服务的 officeId'),
  'scanner.http.officeName': says('科室名称', '送给解码服务的 officeName'),
  'scanner.http.request': says(
    '请求内容',
    'JSON；{code} 换成扫到的码，另有 {businessType} {orgCodg} {operatorId} {operatorName} {officeId} {officeName}',
  ),
  'scanner.http.reply.ecToken': says('答复中的 ecToken', '字段位置，层次之间用点'),
  'scanner.http.reply.userName': says('答复中的姓名', '与费用核对；空着则不核对'),
  'scanner.http.reply.idNo': says('答复中的证件号', '与费用核对；空着则不核对'),
  'scanner.http.reply.insuOrg': says('答复中的参保地', '空着则不读'),
  'scanner.http.reply.message': says('答复中的说明', '没有给出 ecToken 时显示给收费员'),
  'appearance.theme': says('配色', '随系统，或固定浅色、深色'),
  'appearance.scale': says('字号', '大屏幕会再自动大一些'),
  'sound.volume': says('音量', '0 到 100；提示音和语音都按它'),
  'sound.muted': says('静音', '默认是否静音；收费员可以随时在窗口上方改'),
  'sound.voice': says('语音播报', '对患者说金额和结果，用本机的中文语音；全厅都听得到，不含姓名'),
  'sound.attention': says('待处理提示音', '有新的待处理时响一声'),
  'display.enabled': says('患者屏', '自动：有第二块屏幕就打开；浏览器里由「患者屏」按钮打开；只显示金额、付款码和结果'),
  'printing.paper': says('纸张', '80 mm 小票或 A5'),
  'printing.printer': says('打印机', '系统里的打印机名称；空着则每次询问，浏览器里总是询问'),
  'backup.folder': says('备份文件夹', '每天的备份放在哪里，完整路径；空着放在数据库旁边。换一块盘更稳妥'),
  'retention.personalDays': says(
    '个人信息保留天数',
    '更早的订单会去掉姓名和证件号，金额、单号和经过都留着；0 为一直保留',
  ),
  'retention.billDays': says('对账单保留天数', '更早的原始对账单和明细行会删掉，合计与核对结果都留着；0 为一直保留'),
  'retention.exportDays': says('导出文件保留天数', '更早导出的订单清单会从导出文件夹删掉；0 为一直保留'),
  'backup.keepDays': says('保留天数', '超过的备份会删掉，最新一份总是留着；0 为不备份'),
  'desk.name': says('窗口名称', '显示在窗口上方'),
  'desk.operatorName': says('收费员', '记入每一步操作'),
  'desk.lockAfterMinutes': says('自动锁定（分钟）', '多久没有按键就锁定窗口；0 为不自动锁定，随时可按 F8'),
  'desk.lockPin': says('解锁码', '4 到 8 位数字，只保存校验值；空着则任意确认键可解锁。有解锁码时启动也要解锁'),
  'bills.allowHttp': says('允许 http 下载', '默认只在中心地址本身是 http 时允许'),
  'bills.allowedHosts': says('允许的主机', '可下载对账单的主机，一行一个，可带端口；空着只允许中心自己的主机'),
  'bills.timeoutMs': says('下载时限（毫秒）', '从连接到收完的总时限'),
  'bills.columns.medOrgOrd': says('医院订单号', COLUMN),
  'bills.columns.payOrdId': says('中心订单号', COLUMN),
  'bills.columns.tradeTime': says('交易时间', COLUMN),
  'bills.columns.amount': says('金额', COLUMN),
  'bills.columns.refundAmount': says('退款金额', COLUMN),
  'bills.columns.tradeType': says('交易类型', COLUMN),
  'bills.columns.status': says('状态', COLUMN),
  'bills.columns.appRefdSn': says('退款流水号', COLUMN),
  'bills.words.paid': says('表示支付的词', '类型或状态列里表示支付的词，一行一个'),
  'bills.words.refunded': says('表示退款的词', '类型或状态列里表示退款的词，一行一个'),
  'bills.words.ignored': says('表示未动账的词', '失败、关闭等没有动钱的词，一行一个'),
}

export const ENVIRONMENT_NOTES: Readonly<Record<Environment, string>> = {
  production: '真实收费。医院系统须为「文件夹」或「接口」，中心地址、appId、机构编码须为正式的。',
  test: '连支付中心的测试环境，不是真实收费。',
  simulated: '使用内置的模拟中心，不连外部；虚构患者，不发生任何真实收费。',
}

export const TEST_PART_WORDS: Readonly<Record<TestPart, string>> = {
  centre: '支付中心能否连通、时钟差多少',
  identity: 'appId 与机构编码的形式',
  listener: '回调接口从监听地址能否应答',
  his: '医院系统能否取到待缴费',
  scanner: '解码服务怎样答复',
}

export const TEST_STATE_TONES: Readonly<Record<SettingsTest['state'], Tone>> = {
  ok: 'good',
  warn: 'warning',
  down: 'bad',
}

/** Where the settings stand between a change and its being in force. */
export const SETTINGS_STEPS = [
  'unchanged',
  'calibrate',
  'wrong',
  'changed',
  'save',
  'environment',
  'clearDrift',
  'saving',
] as const
export type SettingsStep = (typeof SETTINGS_STEPS)[number]
export const SETTINGS_NEXT: Readonly<Record<SettingsStep, NextStep>> = {
  unchanged: { key: null, words: '用 ↑ ↓ 选分类；改好后保存才生效' },
  calibrate: { key: null, words: '用本窗口的扫码枪扫上面的码，一共三次' },
  wrong: { key: 'confirm', words: '改好有误的项目' },
  changed: { key: 'confirm', words: '看一遍改了什么，再保存' },
  save: { key: 'confirm', words: '确认保存，立即生效；不保存按 Esc' },
  environment: { key: 'confirm', words: '确认切换环境；不切换按 Esc' },
  clearDrift: { key: 'confirm', words: '确定清零；不清零按 Esc' },
  saving: { key: null, words: '正在保存，请稍候' },
}

export const DRIFT_KIND_WORDS: Readonly<Record<DriftRow['kind'], string>> = {
  unknownField: '文档没有的字段',
  missingField: '缺少必填字段',
  changedType: '类型与文档不同',
  unknownCode: '字典里没有的代码',
  conflict: '两处写法互相矛盾',
  unreadableField: '内容读不懂',
}

export const DICTIONARY_WORDS: Readonly<Record<DictionaryName, string>> = {
  ordStas: '订单状态',
  setlType: '结算类型',
  refdType: '退款类型',
  refChannel: '退款渠道',
  billType: '账单类型',
  msgType: '通知类型',
  channel: '通知渠道',
  notifyHisStatus: '是否已通知医院',
  midSetlFlag: '中途结算标志',
  payChnlId: '支付渠道',
  mdtrtCertType: '就诊凭证类型',
  psnCertType: '人员证件类型',
  insutype: '险种类型',
  medType: '医疗类别',
  fundPayType: '基金支付类型',
  acctUsedFlag: '个人账户使用标志',
  psnSetlway: '个人结算方式',
  diagType: '诊断类别',
  chrgitmLv: '收费项目等级',
  gend: '性别',
  clrType: '清算类别',
  hospApprFlag: '医院审批标志',
  valiFlag: '有效标志',
  rxCircFlag: '外购处方标志',
  psnType: '人员类别',
  medChrgitmType: '医疗收费项目类别',
}
