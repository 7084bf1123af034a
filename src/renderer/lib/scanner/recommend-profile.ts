import type { ScanDiagnosis } from './diagnose-scan.ts'
import { type ScannerProfile, USUAL_PROFILE } from './scan-profile.ts'

/** What to change on the scanner, the keyboard or the PC; the words are in ui/words/calibration.ts. */
export type ScannerAdvice =
  | 'ime'
  | 'lost'
  | 'altCodes'
  | 'keyboardLanguage'
  | 'capsLock'
  | 'swapped'
  | 'oneCase'
  | 'extra'
  | 'tooSlow'
  | 'noSuffix'
  | 'differs'

export interface Recommendation {
  /** null: the scanner cannot work as it is set. */
  readonly profile: ScannerProfile | null
  readonly advice: readonly ScannerAdvice[]
}

/** The slowest pace that can still be told from a person's. */
const SLOWEST_MS = 100
const MOST_PREFIX = 16

/** From scans of one known code to what this desk should be set to, and what to change where that cannot work. */
export function recommendProfile(scans: readonly ScanDiagnosis[], code: string): Recommendation {
  const any = (holds: (scan: ScanDiagnosis) => boolean) => scans.some(holds)
  const [first] = scans
  if (first === undefined) return { profile: null, advice: [] }
  const caseAdvice = adviceOnCase(first, code)
  const fastGapMs = Math.max(USUAL_PROFILE.fastGapMs, Math.ceil(Math.max(...scans.map((s) => s.gapsMs.median)) * 1.5))
  const broken: readonly (ScannerAdvice | false)[] = [
    any(({ altCodes }) => altCodes) && 'altCodes',
    any(({ ime }) => ime) && 'ime',
    any(({ lost }) => lost > 0) && 'lost',
    any(({ replaced }) => replaced > 0) && 'keyboardLanguage',
    any(({ extra }) => extra !== '') && 'extra',
    fastGapMs > SLOWEST_MS && 'tooSlow',
    caseAdvice !== 'swapped' && caseAdvice,
    (first.prefix.length > MOST_PREFIX || scans.some((scan) => !isAlike(scan, first))) && 'differs',
  ]
  const advice = broken.filter((one) => one !== false)
  if (advice.length > 0) return { profile: null, advice }
  return {
    profile: {
      prefix: first.prefix,
      suffix: first.suffix,
      fastGapMs,
      letterCase: caseAdvice === 'swapped' ? 'swapped' : 'asSent',
    },
    advice: [
      ...(caseAdvice === 'swapped' ? [caseAdvice] : []),
      ...(first.suffix === '' ? (['noSuffix'] as const) : []),
    ],
  }
}

/** All letters turned: the scanner swaps them, or turns them because Caps Lock is on. Some: it sends one case only. */
function adviceOnCase({ flipped, capsLock }: ScanDiagnosis, code: string): 'capsLock' | 'swapped' | 'oneCase' | false {
  const letters = [...code].filter((character) => /[a-z]/i.test(character)).length
  const turned = flipped.small + flipped.capital
  if (turned === 0) return false
  if (turned < letters) return 'oneCase'
  return capsLock ? 'capsLock' : 'swapped'
}

function isAlike(one: ScanDiagnosis, other: ScanDiagnosis): boolean {
  const sameCase = one.flipped.small === other.flipped.small && one.flipped.capital === other.flipped.capital
  return one.prefix === other.prefix && one.suffix === other.suffix && sameCase
}
