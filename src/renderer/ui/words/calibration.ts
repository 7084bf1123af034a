import type { ScannerAdvice } from '../../lib/scanner/recommend-profile.ts'

/** Every word of the scanner's calibration. */

export const CALIBRATION_WORDS = {
  intro: '用本窗口的扫码枪把下面任一个码扫三次。这里不收费，扫到的内容不保存。',
  qr: '二维码',
  barcode: '一维码 Code 128',
  again: '重新开始',
  apply: '采用',
  same: '与现有设置相同，不用改',
  good: '扫码枪工作正常，建议这样设置',
  bad: '扫码枪现在的设置不能用，请照下面改好后重新扫三次',
  waiting: (times: number) => `还要扫 ${times} 次`,
  afterApply: '已填入设置，按 F10 看清改动并保存',
} as const

/** What to change on the scanner, the keyboard or the PC. */
export const ADVICE_WORDS: Readonly<Record<ScannerAdvice, string>> = {
  ime: '输入法截走了按键：按 Shift 或 Ctrl+空格 切到英文，再扫',
  lost: '有字符没有到达：在扫码枪上加大「字符间隔」（如 5–10 毫秒），换一个 USB 口，关闭远程桌面再试',
  altCodes: '扫码枪用 Alt 码发送：扫说明书上的「键盘方式：普通按键」，关闭 ALT 模式',
  keyboardLanguage: '扫码枪的键盘语言不是美国英语：扫说明书上的「USB 键盘：美国英语」',
  capsLock: '大写锁定开着，扫码枪跟着把大小写反转：关掉大写锁定，并在扫码枪上关闭「Caps Lock 自动反转」',
  swapped: '扫码枪打开了大小写反转：已按反转使用；最好在扫码枪上恢复「大小写照原样」',
  oneCase: '扫码枪把字母全变成了大写或小写：扫说明书上的「大小写照原样」',
  extra: '码的后面多了字符：在扫码枪上去掉附加的后缀字符，只留 Enter 或 Tab',
  tooSlow: '按键太慢，分不清是扫码还是打字：在扫码枪上减小「字符间隔」',
  noSuffix: '没有后缀键，每次要多等 0.3 秒：最好在扫码枪上设置后缀 Enter',
  differs: '三次扫到的前缀、后缀或大小写不一样：恢复扫码枪的出厂设置再扫',
}

export const DEVICE_WORDS = {
  title: 'USB/串口扫码枪（不经键盘）',
  note: '直连的扫码枪不受输入法和焦点影响。浏览器里点「连接」选设备；桌面版只允许「设置 → 扫码枪 → USB/串口扫码枪」里登记的 VID:PID。',
  none: '没有连接',
  hid: '连接 USB 扫码枪',
  serial: '连接串口扫码枪',
  absent: '这个浏览器不支持直连，请用键盘方式',
  refused: '没有选设备，或设备没有登记、打不开',
} as const
