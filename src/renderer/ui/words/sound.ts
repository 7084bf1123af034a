import { spokenAmount } from '../../lib/sound/spoken-amount.ts'
import type { ToneName } from '../../lib/sound/tones.ts'
import type { Sentence } from '../../lib/sound/voice.ts'

/** What is said aloud, for everybody in the hall to hear: never a name, a number of a person or a department. */
export function spokenWords(sentence: Sentence): string {
  switch (sentence.say) {
    case 'showVoucher':
      return '请出示医保电子凭证'
    case 'pay':
      return `请支付${spokenAmount(sentence.amountFen)}`
    case 'total':
      return `费用共${spokenAmount(sentence.amountFen)}，请扫码支付`
    case 'paid':
      return '支付成功'
  }
}

export const TONE_WORDS: Readonly<Record<ToneName, string>> = {
  scan: '扫码',
  success: '结清',
  attention: '注意',
  error: '未成功',
}

export const SOUND_WORDS = {
  mute: '静音',
  unmute: '打开声音',
  isOn: '声音',
  isMuted: '已静音',
  try: '试听',
  noVoice: '这台电脑没有装中文语音，只有提示音。Windows：设置 → 时间和语言 → 语音 → 添加「中文（简体）」。',
  hasVoice: (name: string) => `中文语音：${name}`,
} as const
