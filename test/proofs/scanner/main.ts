import { parseArgs } from 'node:util'
import { findBrowser } from '#scripts/find-browser.ts'
import { conclude, type Finding, skip } from '../lib/verdict.ts'
import { keepBusy } from './busy.ts'
import { type ImeCounts, scanUnderPinyin } from './ime.ts'
import { type ImeAppCounts, payUnderPinyin } from './ime-app.ts'
import { missingImeTools, startImeDesktop } from './ime-desktop.ts'
import type { ScanCounts } from './page/run-scans.ts'
import { openProofPage } from './proof-page.ts'
import { type RealCounts, scanInRealTime } from './real-time.ts'

/**
 * `npm run test:scanner -- --scans 10000 --real 300 --seed 1`: the window's own scanner in a real Chromium. Many scans in
 * virtual time, the same ones for every decoder; some hundred with trusted keys in real time.
 */
const { values } = parseArgs({
  options: {
    scans: { type: 'string', default: '10000' },
    real: { type: 'string', default: '300' },
    seed: { type: 'string', default: '20260318' },
    /** How many scans under a real Chinese input method; `--ime 0` leaves them out. */
    ime: { type: 'string', default: '20' },
    /** Programs that keep this machine busy beside the input method. */
    busy: { type: 'string', default: '0' },
  },
})
const [scans, real, seed, ime] = [values.scans, values.real, values.seed, values.ime].map(Number) as [
  number,
  number,
  number,
  number,
]

const browser = findBrowser()
if (browser === undefined) skip('scanner', 'no Chromium on this machine')
const proof = await openProofPage(browser)
const ours = await proof.run('ours', scans, seed)
const onscan = await proof.run('onscan', scans, seed)
const few = Math.min(scans, 1000)
const controls = {
  withoutSwallowing: await proof.run('withoutSwallowing', few, seed),
  bySum: await proof.run('bySum', few, seed),
  withoutTakingBack: await proof.run('withoutTakingBack', few, seed),
}
const trusted = await scanInRealTime(proof.page, real, seed)
await proof.close()
const pinyin = await underPinyin(browser)

for (const failure of ours.failures) console.log(`  failed: ${failure}`)
console.log(`  beside it, onscan.js 1.5.2 on the same ${scans} scans: ${line(onscan)}`)
conclude('scanner', [...promised(ours), ...inRealTime(trusted), ...pinyin, ...controlsFail()])

function promised(counts: ScanCounts): readonly Finding[] {
  return [
    {
      what: `of ${counts.scans} scans (gaps 2–40 ms), read at first try with nothing editable focused`,
      figure: share(counts.readyRight, counts.ready),
      holds: counts.ready > 0 && counts.readyRight / counts.ready >= 0.999,
    },
    {
      what: 'with a field focused: read at once, the others asked for another scan',
      figure: share(counts.inFieldRight, counts.inField),
      holds: counts.inField > 0,
    },
    none('wrong tokens accepted', counts.wrongTokens),
    none('scans that left characters in a field', counts.leftInField),
    none('buttons pressed', counts.buttonsPressed),
    none('Ctrl+W and F10 that reached the page', counts.commands),
  ]
}

function inRealTime(counts: RealCounts): readonly Finding[] {
  return [
    {
      what: 'in real time with trusted keys, read at first try with nothing editable focused',
      figure: share(counts.readyRight, counts.fromReady),
      holds: counts.fromReady > 0 && counts.readyRight / counts.fromReady >= 0.999,
    },
    { what: 'scans this machine was too busy to type at a scanner’s pace', figure: counts.tooSlow, holds: true },
    { what: 'the same into a field', figure: share(counts.inFieldRight, counts.inField), holds: true },
    none('wrong tokens, characters left, buttons pressed', counts.wrong + counts.leftInField + counts.buttonsPressed),
  ]
}

/** A real input method where Debian's packages are; elsewhere it is said that none was. */
async function underPinyin(executablePath: string): Promise<readonly Finding[]> {
  const missing = missingImeTools()
  if (ime === 0 || missing.length > 0) {
    const why = ime === 0 ? 'not asked for' : `this machine lacks ${missing.join(', ')}`
    console.log(`  no scans under a real input method: ${why}`)
    return []
  }
  const desktop = await startImeDesktop()
  using _busy = keepBusy(Number(values.busy))
  try {
    const counts = await scanUnderPinyin(executablePath, desktop, ime, seed)
    if (counts.composed === 0) {
      console.log('  no scans under a real input method: pinyin took no key on this machine')
      return []
    }
    const control = await scanUnderPinyin(executablePath, desktop, 2, seed, 'withoutTakingBack')
    const payments = await payUnderPinyin(executablePath, desktop, Math.min(6, Math.max(2, ime / 10)), seed)
    return [...pinyinFindings(counts, control), ...paymentFindings(payments)]
  } finally {
    desktop.close()
  }
}

function pinyinFindings(counts: ImeCounts, control: ImeCounts): readonly Finding[] {
  for (const failure of counts.failures) console.log(`  failed: ${failure}`)
  return [
    {
      what: 'with fcitx5 pinyin on, read at first try from scan-ready',
      figure: share(counts.readyRight, counts.fromReady),
      holds: counts.readyRight === counts.fromReady,
    },
    {
      what: `the same with a field focused (pinyin took ${counts.composed} keys; asked again ${counts.askedAgain} times)`,
      figure: share(counts.inFieldRight, counts.inField),
      holds: counts.askedAgain > 0,
    },
    none('codes read wrong', counts.wrong),
    none('scans that left characters in the field', counts.leftInField),
    { what: 'scans this machine was too busy to type at a scanner’s pace', figure: counts.tooSlow, holds: true },
    {
      what: 'control under pinyin that takes nothing back leaves characters: scans',
      figure: control.leftInField,
      holds: control.leftInField > 0,
    },
  ]
}

function paymentFindings(counts: ImeAppCounts): readonly Finding[] {
  for (const failure of counts.failures) console.log(`  failed: ${failure}`)
  return [
    {
      what: `payments at the whole window with pinyin on, settled (asked again ${counts.askedAgain} times)`,
      figure: share(counts.settled, counts.payments),
      holds: counts.payments > 0 && counts.settled === counts.payments,
    },
    none('of them, search fields that a scan changed', counts.changedSearch),
    none('wrong uploads, and dialogs that a scan closed', counts.wrong),
  ]
}

/** Each control lacks one thing, and must fail by it. */
function controlsFail(): readonly Finding[] {
  const { withoutSwallowing, bySum, withoutTakingBack } = controls
  return [
    {
      what: `control without swallowing presses buttons (of ${few})`,
      figure: withoutSwallowing.buttonsPressed,
      holds: withoutSwallowing.buttonsPressed > 0,
    },
    {
      what: 'control that goes by the sum, 250 ms, misses scans: right',
      figure: share(bySum.readyRight, bySum.ready),
      holds: bySum.readyRight / bySum.ready < 0.999,
    },
    {
      what: 'control that takes nothing back leaves characters: scans',
      figure: withoutTakingBack.leftInField,
      holds: withoutTakingBack.leftInField > 0,
    },
  ]
}

function none(what: string, count: number): Finding {
  return { what, figure: count, holds: count === 0 }
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? 0 : ((100 * part) / whole).toFixed(2)} %)`
}

function line(counts: ScanCounts): string {
  return [
    `right at first try ${share(counts.readyRight, counts.ready)}`,
    `in a field ${share(counts.inFieldRight, counts.inField)}`,
    `wrong tokens ${counts.wrongTokens}`,
    `left in a field ${counts.leftInField}`,
    `buttons pressed ${counts.buttonsPressed}`,
    `commands ${counts.commands}`,
  ].join(', ')
}
