/** How this desk's scanner sends its codes: the settings `scanner`, which the calibration page finds out. */
export interface ScannerProfile {
  readonly prefix: string
  readonly suffix: 'Enter' | 'Tab' | ''
  /** Median gap between two keys, in ms, up to which keys are a scanner's. */
  readonly fastGapMs: number
  /** `swapped`: the scanner sends capitals for small letters and the other way round. */
  readonly letterCase: 'asSent' | 'swapped'
}

/** A scanner sends a key every 5–20 ms, through a slow PC up to 50; the fastest typist needs about 80. */
export const USUAL_PROFILE: ScannerProfile = { prefix: '', suffix: 'Enter', fastGapMs: 50, letterCase: 'asSent' }
