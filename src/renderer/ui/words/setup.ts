import type { NextStep } from './words.ts'

/** Every word of the first start and of the guided set-up. */

export const WELCOME_WORDS = {
  title: '第一次使用',
  question: '先看看怎么用，还是现在就连接？',
  tryOut: '先用模拟环境试一试',
  tryOutMeans: '虚构患者，内置的支付中心，不连外部。一分钟收完第一笔；以后随时可以改成真的。',
  connect: '连接我院的支付中心',
  connectMeans: '信息科填写网址、编号和端口，每一步当场测试，全部看过才保存。',
} as const

export const SETUP_WORDS = {
  title: '连接我院的支付中心',
  next: '下一步',
  save: '保存并开始使用',
  before: '上一步',
  leave: '先离开（已填的会留着）',
  resume: '引导设置',
  unsaved: '测的是这里填的内容，还没有保存',
  incomplete: '先改正有误的项目',
  testsInForce: '测的是已保存的设置；先改正有误的项目，再测这里填的',
  saving: '正在保存',
  filled: '已填',
  failed: '未通过',
  summary: '核对后保存',
  production:
    '保存后是「测试」环境，不是真实收费。与中心联调通过后，到「设置 → 环境」改为「生产」，并换成正式的网址和编号。',
} as const

/** What comes next on a step: it is filled in, tested, mended, and only then left behind. */
export const SETUP_STATES = ['fill', 'test', 'testing', 'mend', 'next', 'save', 'saving'] as const
export type SetupState = (typeof SETUP_STATES)[number]
export const SETUP_NEXT: Readonly<Record<SetupState, NextStep>> = {
  fill: { key: null, words: '填好这一步的每一项' },
  test: { key: 'query', words: '测试这一步' },
  testing: { key: null, words: '正在测试，请稍候' },
  mend: { key: 'query', words: '按红色的提示改好，再测一次；先往下填按 F10' },
  next: { key: 'confirm', words: '这一步好了，往下' },
  save: { key: 'confirm', words: '核对无误，保存并开始使用' },
  saving: { key: null, words: '正在保存，请稍候' },
}

/** What each step asks for, and who knows it. */
export const SETUP_STEP_WORDS = {
  centre: { title: '支付中心', ask: '这四项由支付中心（医保局）分配，不清楚时请与中心联系。' },
  listener: {
    title: '接收通知',
    ask: '中心要能连到这台电脑：填本机对中心的地址，并请网络管理员放行这个端口的入站。',
  },
  his: { title: '医院系统', ask: '待缴费从哪里来、结果写回哪里。测试时可以先用虚构患者。' },
  desk: { title: '窗口', ask: '显示在窗口上方，并记入每一步操作。' },
} as const
