import type { TestPart } from '#shared/contract/settings.ts'
import type { SettingPath } from '../../ui/words/settings.ts'

interface Option {
  /** `undefined`: the setting is left out. */
  readonly value: string | number | boolean | undefined
  readonly label: string
}

/** How a setting is entered. `list`: one a line. `secret`: not to be read over a shoulder. */
export type FieldKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'secret' }
  | { readonly kind: 'list' }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }

const TEXT: FieldKind = { kind: 'text' }
const NUMBER: FieldKind = { kind: 'number' }
const SECRET: FieldKind = { kind: 'secret' }
const LIST: FieldKind = { kind: 'list' }
const choice = (...options: readonly (readonly [Option['value'], string])[]): FieldKind => ({
  kind: 'choice',
  options: options.map(([value, label]) => ({ value, label })),
})

const SPECIAL: Readonly<Partial<Record<SettingPath, FieldKind>>> = {
  environment: choice(['production', '生产'], ['test', '测试'], ['simulated', '模拟']),
  'centre.queryTimeoutMs': NUMBER,
  'centre.writeTimeoutMs': NUMBER,
  'centre.payWithinSeconds': NUMBER,
  'listener.port': NUMBER,
  'listener.allowedCallers': LIST,
  'his.source': choice(['simulator', '虚构患者'], ['folder', '文件夹'], ['http', '接口']),
  'scanner.decoder': choice(['passthrough', '原样'], ['http', '解码服务'], ['simulator', '模拟']),
  'scanner.suffix': choice(['Enter', 'Enter'], ['Tab', 'Tab'], ['', '无']),
  'scanner.letterCase': choice(['asSent', '照原样'], ['swapped', '反转']),
  'scanner.fastGapMs': NUMBER,
  'scanner.tokenLifeSeconds': NUMBER,
  'scanner.baudRate': NUMBER,
  'scanner.usbDevices': LIST,
  'scanner.http.timeoutMs': NUMBER,
  'scanner.http.allowedHosts': LIST,
  'appearance.theme': choice(['system', '随系统'], ['light', '浅色'], ['dark', '深色']),
  'appearance.scale': choice([100, '100 %'], [125, '125 %'], [150, '150 %']),
  'sound.volume': NUMBER,
  'sound.muted': choice([false, '有声'], [true, '静音']),
  'sound.voice': choice([false, '关'], [true, '开']),
  'sound.attention': choice([true, '响'], [false, '不响']),
  'display.enabled': choice(['auto', '自动'], ['on', '打开'], ['off', '不用']),
  'printing.paper': choice(['80mm', '80 mm'], ['A5', 'A5']),
  'bills.allowHttp': choice([undefined, '随中心地址'], [true, '允许'], [false, '不允许']),
  'desk.lockAfterMinutes': NUMBER,
  'desk.lockPin': SECRET,
  'bills.timeoutMs': NUMBER,
  'backup.keepDays': NUMBER,
  'retention.personalDays': NUMBER,
  'retention.billDays': NUMBER,
  'retention.exportDays': NUMBER,
}

/** The lists of bills share one way of entry. */
export function fieldKind(path: SettingPath): FieldKind {
  if (path.startsWith('bills.columns.') || path.startsWith('bills.words.') || path === 'bills.allowedHosts') return LIST
  return SPECIAL[path] ?? TEXT
}

export function optionLabel(path: SettingPath, value: unknown): string | undefined {
  const field = fieldKind(path)
  return field.kind === 'choice' ? field.options.find((option) => option.value === value)?.label : undefined
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly fields: readonly SettingPath[]
  /** Folded away: what is seldom touched. */
  readonly more?: { readonly title: string; readonly fields: readonly SettingPath[] }
  /** What the test button tries out. */
  readonly tests?: readonly TestPart[]
  /** Fields that are shown only while a choice says so. */
  readonly byChoice?: { readonly of: SettingPath; readonly fields: Readonly<Record<string, readonly SettingPath[]>> }
}

/** The sections, in the order in which a desk is set up. */
export const SECTIONS = [
  { id: 'environment', title: '环境', fields: ['environment'] },
  {
    id: 'centre',
    title: '支付中心',
    fields: [
      'centre.baseUrl',
      'centre.appId',
      'centre.orgCodg',
      'centre.orgName',
      'centre.queryTimeoutMs',
      'centre.writeTimeoutMs',
      'centre.payWithinSeconds',
    ],
    more: {
      title: '接口路径（1.2–1.8）',
      fields: [
        'centre.paths.cashier',
        'centre.paths.queryOrder',
        'centre.paths.refund',
        'centre.paths.downloadBill',
        'centre.paths.uploadFees',
        'centre.paths.revokeUpload',
        'centre.paths.notifyClinic',
      ],
    },
    tests: ['centre', 'identity'],
  },
  {
    id: 'listener',
    title: '回调监听',
    fields: ['listener.host', 'listener.port', 'listener.allowedCallers'],
    more: {
      title: '接口路径（2.1–2.4）',
      fields: [
        'listener.paths.feeDetail',
        'listener.paths.settlement',
        'listener.paths.miniProgram',
        'listener.paths.feeList',
      ],
    },
    tests: ['listener'],
  },
  {
    id: 'his',
    title: '医院系统',
    fields: ['his.source'],
    byChoice: {
      of: 'his.source',
      fields: {
        folder: ['his.folder.inbox', 'his.folder.outbox'],
        http: ['his.http.baseUrl', 'his.http.paths.feeDetail', 'his.http.paths.feeList', 'his.http.paths.result'],
      },
    },
    tests: ['his'],
  },
  {
    id: 'scanner',
    title: '扫码枪',
    fields: ['scanner.prefix', 'scanner.suffix', 'scanner.tokenLifeSeconds', 'scanner.decoder'],
    byChoice: {
      of: 'scanner.decoder',
      fields: {
        http: [
          'scanner.http.baseUrl',
          'scanner.http.path',
          'scanner.http.allowedHosts',
          'scanner.http.timeoutMs',
          'scanner.http.businessType',
          'scanner.http.operatorId',
          'scanner.http.officeId',
          'scanner.http.officeName',
          'scanner.http.request',
          'scanner.http.reply.ecToken',
          'scanner.http.reply.userName',
          'scanner.http.reply.idNo',
          'scanner.http.reply.insuOrg',
          'scanner.http.reply.message',
        ],
      },
    },
    more: {
      title: '按键间隔、大小写、USB 与串口',
      fields: ['scanner.fastGapMs', 'scanner.letterCase', 'scanner.usbDevices', 'scanner.baudRate'],
    },
    tests: ['scanner'],
  },
  { id: 'calibration', title: '扫码枪校准', fields: [] },
  { id: 'appearance', title: '外观', fields: ['appearance.theme', 'appearance.scale'] },
  { id: 'printing', title: '打印', fields: ['printing.paper', 'printing.printer'] },
  { id: 'backup', title: '备份', fields: ['backup.folder', 'backup.keepDays'] },
  {
    id: 'retention',
    title: '个人信息',
    fields: ['retention.personalDays', 'retention.billDays', 'retention.exportDays'],
  },
  {
    id: 'desk',
    title: '窗口与收费员',
    fields: ['desk.name', 'desk.operatorName', 'desk.lockAfterMinutes', 'desk.lockPin'],
  },
  { id: 'sound', title: '声音', fields: ['sound.volume', 'sound.muted', 'sound.voice', 'sound.attention'] },
  { id: 'display', title: '患者屏', fields: ['display.enabled'] },
  {
    id: 'bills',
    title: '对账',
    fields: ['bills.allowHttp', 'bills.allowedHosts', 'bills.timeoutMs'],
    more: {
      title: '列名与用词',
      fields: [
        'bills.columns.medOrgOrd',
        'bills.columns.payOrdId',
        'bills.columns.tradeTime',
        'bills.columns.amount',
        'bills.columns.refundAmount',
        'bills.columns.tradeType',
        'bills.columns.status',
        'bills.columns.appRefdSn',
        'bills.words.paid',
        'bills.words.refunded',
        'bills.words.ignored',
      ],
    },
  },
  { id: 'dictionaries', title: '字典', fields: [] },
  { id: 'drift', title: '接口差异', fields: [] },
] as const satisfies readonly Section[]

export type SectionId = (typeof SECTIONS)[number]['id']

/** Which section a mistake stands in: sections bear the names of the schema's parts. */
export function sectionOf(path: string): SectionId | undefined {
  const part = path.split('.')[0]
  return SECTIONS.find(({ id }) => id === part)?.id
}
