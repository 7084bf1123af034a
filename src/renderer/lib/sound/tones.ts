import { loudness } from './sound-store.ts'

interface Note {
  readonly hertz: number
  /** From the beginning of the tone. */
  readonly atMs: number
  readonly lengthMs: number
}
const note = (hertz: number, atMs: number, lengthMs: number): Note => ({ hertz, atMs, lengthMs })

/** Made on the spot, so that nothing has to be loaded. Rising: well; falling: not; the same twice: look here. */
export const TONES = {
  scan: [note(1568, 0, 70)],
  success: [note(659, 0, 110), note(880, 110, 110), note(1319, 220, 220)],
  attention: [note(784, 0, 140), note(784, 220, 140)],
  error: [note(392, 0, 160), note(262, 170, 280)],
} as const satisfies Record<string, readonly Note[]>
export type ToneName = keyof typeof TONES
// Object.keys forgets the literal names of a constant table.
export const TONE_NAMES = Object.keys(TONES) as readonly ToneName[]

/** What a tone is made with; the browser's own, or a test's. */
export interface TonePlayer {
  /** 0 to 100; at 0 nothing is made. */
  play(name: ToneName, volume: number): void
}

/** A tone that comes later than this would be taken for an answer to something else. */
const TOO_LATE_MS = 400
/** So short that it is not heard; without it each note would begin and end with a click. */
const EDGE_SECONDS = 0.008
/** A full scale of several notes at once hurts. */
const LOUDEST = 0.5

/**
 * `makeContext` answers `undefined` where the page may not be heard yet: a browser lets no page sound before its first
 * key or click, and a context made before that would stay silent and complain.
 */
export function createTonePlayer(makeContext: () => AudioContext | undefined, now: () => number): TonePlayer {
  let made: AudioContext | undefined
  return {
    play(name, volume) {
      if (volume <= 0) return
      made ??= makeContext()
      const context = made
      if (context === undefined) return
      if (context.state === 'running') return sound(context, TONES[name], volume)
      const askedAtMs = now()
      // Put to sleep by the system, or refused: then silence is the answer.
      context.resume().then(
        () => now() - askedAtMs <= TOO_LATE_MS && sound(context, TONES[name], volume),
        () => undefined,
      )
    },
  }
}

function sound(context: AudioContext, notes: readonly Note[], volume: number): void {
  // Ears hear by ratios: half of the scale should sound half as loud.
  const peak = LOUDEST * (volume / 100) ** 2
  for (const { hertz, atMs, lengthMs } of notes) {
    const [startAt, endAt] = [context.currentTime + atMs / 1000, context.currentTime + (atMs + lengthMs) / 1000]
    const gain = context.createGain()
    gain.gain.setValueAtTime(0, startAt)
    gain.gain.linearRampToValueAtTime(peak, startAt + EDGE_SECONDS)
    gain.gain.setValueAtTime(peak, endAt - EDGE_SECONDS)
    gain.gain.linearRampToValueAtTime(0, endAt)
    const oscillator = context.createOscillator()
    oscillator.frequency.value = hertz
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(startAt)
    oscillator.stop(endAt)
  }
}

const player = createTonePlayer(
  () => (navigator.userActivation.hasBeenActive ? new AudioContext() : undefined),
  () => performance.now(),
)

/** Plays a tone of the desk, once, as loud as the settings and the frame's button say. */
export function playTone(name: ToneName): void {
  player.play(name, loudness())
}

/** As loud as a setting that is being tried out would make it, muted or not. */
export function tryTone(name: ToneName, volume: number): void {
  player.play(name, volume)
}
