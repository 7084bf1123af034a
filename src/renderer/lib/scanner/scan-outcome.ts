/** What a scanner of any kind (keyboard wedge, HID-POS, serial) delivered. */
export type ScanOutcome =
  | { readonly kind: 'scan'; readonly text: string }
  /** A scan that lost characters, ran too long or missed its prefix or suffix: never used, the desk asks to scan again. */
  | { readonly kind: 'incomplete' }
  /** The code that was read a moment ago. */
  | { readonly kind: 'repeated'; readonly text: string }

const SAME_CODE_WITHIN_MS = 2000

/** The same code within two seconds is one scan: a scanner held over a code reads it again and again. */
export function createSameCodeGuard(): (text: string, atMs: number) => ScanOutcome {
  let last: { readonly text: string; readonly atMs: number } | undefined
  return (text, atMs) => {
    const isRepeated = last !== undefined && last.text === text && atMs - last.atMs < SAME_CODE_WITHIN_MS
    last = { text, atMs }
    return { kind: isRepeated ? 'repeated' : 'scan', text }
  }
}
