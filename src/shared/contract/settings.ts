import { z } from 'zod'
import type { BillField, BillMovement } from '../domain/bill-columns.ts'
import { DICTIONARY_NAMES } from '../domain/dictionaries.ts'
import { command, query, requestIdSchema } from './procedure.ts'
import { scannerProblems, scannerSchema } from './scanner-settings.ts'
import { hostName, httpUrl, milliseconds, path, port, text } from './setting-kinds.ts'

export const environmentSchema = z.enum(['production', 'test', 'simulated'], {
  error: '应为 production、test 或 simulated',
})
export type Environment = z.infer<typeof environmentSchema>

const centreSchema = z.strictObject({
  baseUrl: httpUrl.default('http://127.0.0.1:9100'),
  appId: text(64).default('SIMULATED0APP0ID0000000000000001'),
  orgCodg: text(32).default('H99010100001'),
  orgName: text(64).default('模拟医院'),
  paths: z
    .strictObject({
      cashier: path('/pmc/cashier'),
      queryOrder: path('/pmc/order/query'),
      refund: path('/pmc/order/refund'),
      downloadBill: path('/pmc/bill/download'),
      uploadFees: path('/pmc/fee/upload'),
      revokeUpload: path('/pmc/fee/revoke'),
      notifyClinic: path('/pmc/notice/clinic'),
    })
    .prefault({}),
  /** Total deadline of one read, connect to last byte. */
  queryTimeoutMs: milliseconds(500, 60_000).default(10_000),
  /** Total deadline of one write. */
  writeTimeoutMs: milliseconds(1_000, 120_000).default(30_000),
  /** How long the desk waits for the patient before it says that time is up. Proves nothing. */
  payWithinSeconds: z.int({ error: '应为 30 到 3600 的整数（秒）' }).min(30).max(3600).default(300),
})

const listenerSchema = z.strictObject({
  host: text(255).default('127.0.0.1'),
  port: port.default(9200),
  /** Addresses or CIDR blocks that may call. */
  allowedCallers: z
    .array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: '应为 IP 地址或网段，如 10.0.0.1 或 10.0.0.0/8' }),
    )
    .default(['127.0.0.1']),
  paths: z
    .strictObject({
      feeDetail: path('/his/fee/detail'),
      settlement: path('/his/settlement/notify'),
      miniProgram: path('/his/mini-program/notify'),
      feeList: path('/his/fee/list'),
    })
    .prefault({}),
})

const hisSchema = z.strictObject({
  source: z.enum(['simulator', 'folder', 'http'], { error: '应为 simulator、folder 或 http' }).default('simulator'),
  folder: z.strictObject({ inbox: text(1024).default(''), outbox: text(1024).default('') }).prefault({}),
  http: z
    .strictObject({
      baseUrl: z.union([z.literal(''), httpUrl], { error: '应为 http 或 https 网址' }).default(''),
      paths: z
        .strictObject({
          feeDetail: path('/his/fee/detail'),
          feeList: path('/his/fee/list'),
          result: path('/his/result'),
        })
        .prefault({}),
    })
    .prefault({}),
})

const flag = z.boolean({ error: '应为 true 或 false' })

const billNames = z.array(text(64)).max(32, { error: '最多 32 个' }).default([])

/** Bills of interface 1.5: from where one may be fetched, and how its columns are named at this site. */
/** 0: kept for ever. */
const keptDays = z
  .int({ error: '应为 0，或 30 到 36500 的整数（天）' })
  .refine((days) => days === 0 || (days >= 30 && days <= 36_500), { error: '应为 0，或 30 到 36500 的整数（天）' })
  .default(0)

const billsSchema = z.strictObject({
  /** Absent: http is allowed only where `centre.baseUrl` itself is http. */
  allowHttp: flag.optional(),
  /** Empty: the centre's own host. A name without a port allows every port of that host. */
  allowedHosts: z.array(hostName).max(16, { error: '最多 16 个' }).default([]),
  /** Total deadline of the download, connect to last byte. */
  timeoutMs: milliseconds(1_000, 120_000).default(120_000),
  /** Header names beside the built-in ones; these win. */
  columns: z
    .strictObject({
      medOrgOrd: billNames,
      payOrdId: billNames,
      tradeTime: billNames,
      amount: billNames,
      refundAmount: billNames,
      tradeType: billNames,
      status: billNames,
      appRefdSn: billNames,
    } satisfies Record<BillField, typeof billNames>)
    .prefault({}),
  /** Words of the type and status columns beside the built-in ones; these win. */
  words: z
    .strictObject({ paid: billNames, refunded: billNames, ignored: billNames } satisfies Record<
      BillMovement,
      typeof billNames
    >)
    .prefault({}),
})

/**
 * Names of codes at this site, above the shipped ones. They name codes for people and decide nothing; codes that only
 * these name are still counted as drift. A dictionary that does not exist is refused, as any misspelt setting is.
 */
const dictionariesSchema = z.partialRecord(
  z.enum(DICTIONARY_NAMES),
  z
    .record(z.string().max(32, { error: '代码最多 32 个字符' }), text(64))
    .refine((names) => Object.keys(names).length <= 500, { error: '最多 500 个代码' }),
)

export const appearanceSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark'], { error: '应为 system、light 或 dark' }).default('system'),
  scale: z.union([z.literal(100), z.literal(125), z.literal(150)], { error: '应为 100、125 或 150' }).default(100),
})

/** Everything but `environment` has a default. Unknown keys are refused, so that a misspelt one is found. */
export const settingsSchema = z
  .strictObject({
    environment: environmentSchema,
    centre: centreSchema.prefault({}),
    listener: listenerSchema.prefault({}),
    his: hisSchema.prefault({}),
    bills: billsSchema.prefault({}),
    dictionaries: dictionariesSchema.default({}),
    scanner: scannerSchema.prefault({}),
    appearance: appearanceSchema.prefault({}),
    /** What the desk lets be heard. Tones are for the cashier; the voice is for the patient, and for the whole hall. */
    sound: z
      .strictObject({
        volume: z
          .int({ error: '应为 0 到 100 的整数' })
          .min(0, { error: '应为 0 到 100 的整数' })
          .max(100, { error: '应为 0 到 100 的整数' })
          .default(60),
        muted: flag.default(false),
        voice: flag.default(false),
        /** A tone when something new needs a person. */
        attention: flag.default(true),
      })
      .prefault({}),
    /** The patient's display. `auto`: where the desk has a second screen. In a browser it is opened by a button. */
    display: z
      .strictObject({
        enabled: z.enum(['auto', 'on', 'off'], { error: '应为 auto、on 或 off' }).default('auto'),
      })
      .prefault({}),
    /** Receipts. An empty printer: the system asks each time; in a browser it always does. */
    printing: z
      .strictObject({
        paper: z.enum(['80mm', 'A5'], { error: '应为 80mm 或 A5' }).default('80mm'),
        printer: text(128).default(''),
      })
      .prefault({}),
    /** Daily copies of the database. An empty folder: beside the database. */
    backup: z
      .strictObject({
        folder: text(1024).default(''),
        keepDays: z
          .int({ error: '应为 0 到 3650 的整数（天）' })
          .min(0, { error: '应为 0 到 3650 的整数（天）' })
          .max(3650, { error: '应为 0 到 3650 的整数（天）' })
          .default(14),
      })
      .prefault({}),
    /** What holds persons is removed when it is older than so many days; what happened and the money stays. */
    retention: z
      .strictObject({
        /** Names and certificate numbers of orders. */
        personalDays: keptDays,
        /** Raw bills with the rows that were read from them; their totals and what was found stay. */
        billDays: keptDays,
        /** Lists of orders that were exported. */
        exportDays: keptDays,
      })
      .prefault({}),
    desk: z
      .strictObject({
        name: text(32).default('门诊收费 1 号窗口'),
        operatorName: text(32).default('值班收费员'),
        /** The window locks itself after so many minutes without a key; 0: never. A scan must not meet a lock. */
        lockAfterMinutes: z
          .int({ error: '应为 0 到 240 的整数（分钟）' })
          .min(0, { error: '应为 0 到 240 的整数（分钟）' })
          .max(240, { error: '应为 0 到 240 的整数（分钟）' })
          .default(0),
        /** Unlocks the window. Kept as a scrypt hash; digits set a new one; a window sees PIN_KEPT only. */
        lockPin: z
          .string({ error: '应为文本' })
          .regex(/^(\d{4,8}|•{4}|scrypt:[0-9a-f]{32}:[0-9a-f]{64})?$/, { error: '应为 4 到 8 位数字；空着则不用' })
          .default(''),
      })
      .prefault({}),
  })
  .superRefine((settings, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (settings.environment === 'production' && settings.his.source === 'simulator') {
      refuse(['his', 'source'], '生产环境不能使用 simulator（虚构患者），请改为 folder 或 http')
    }
    if (settings.his.source === 'folder' && settings.his.folder.inbox === '') {
      refuse(['his', 'folder', 'inbox'], 'his.source 为 folder 时必填')
    }
    if (settings.his.source === 'http' && settings.his.http.baseUrl === '') {
      refuse(['his', 'http', 'baseUrl'], 'his.source 为 http 时必填')
    }
    for (const { path, message } of scannerProblems(settings.scanner, settings.environment)) refuse(path, message)
    if (settings.environment !== 'simulated') {
      for (const name of ['appId', 'orgCodg'] as const) {
        if (settings.centre[name] === '') refuse(['centre', name], '不能为空')
      }
    }
  })
export type Settings = z.infer<typeof settingsSchema>
export type SettingsInput = z.input<typeof settingsSchema>

/** Stands for a PIN that is set, in what a window gets and sends back. */
export const PIN_KEPT = '••••'

export const TEST_PARTS = ['centre', 'listener', 'his', 'identity', 'scanner'] as const
export type TestPart = (typeof TEST_PARTS)[number]

/** What the test button of one part of the settings found. */
export const settingsTestSchema = z.object({
  /** ok: works. warn: works, or may work, with something to know. down: does not work. */
  state: z.enum(['ok', 'warn', 'down']),
  /** zh-CN, one or two short sentences: what was found, and what to do where something is wrong. */
  words: z.string(),
  details: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type SettingsTest = z.infer<typeof settingsTestSchema>

export const settingsProcedures = {
  'settings.get': query({ input: z.object({}), output: settingsSchema, errors: [], permission: 'view' }),
  /** Saves and applies at once; the answer is what is in force now. */
  'settings.save': command({
    input: z.object({ requestId: requestIdSchema, settings: settingsSchema }),
    output: settingsSchema,
    errors: ['SETTINGS_INVALID', 'ORDER_BUSY'],
    permission: 'configure',
  }),
  /** Saves what is in force as it is: nobody is asked again what this machine is for. Restarts nothing. */
  'settings.keep': command({
    input: z.object({ requestId: requestIdSchema }),
    output: settingsSchema,
    errors: [],
    permission: 'configure',
  }),
  /** Tries out one part of the settings in force, or of `settings`, which need not be saved. Moves no money and changes nothing. */
  'settings.test': query({
    input: z.object({
      part: z.enum(TEST_PARTS, { error: `应为 ${TEST_PARTS.join('、')} 之一` }),
      settings: settingsSchema.optional(),
    }),
    output: settingsTestSchema,
    errors: [],
    permission: 'configure',
  }),
}
