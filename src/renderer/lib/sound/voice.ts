import type { Fen } from '#shared/domain/money.ts'
import { loudness, soundStore } from './sound-store.ts'

/** Everything that may be said aloud. Closed on purpose: there is no way to say a name. */
export type Sentence =
  | { readonly say: 'showVoucher' }
  /** The part that the patient pays, where the centre has named it. */
  | { readonly say: 'pay'; readonly amountFen: Fen }
  /** What the whole costs. */
  | { readonly say: 'total'; readonly amountFen: Fen }
  | { readonly say: 'paid' }

type VoiceFacts = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>

/** Mandarin of this machine. A voice that a server makes would send what a patient pays out of the hospital. */
export function chineseVoice<V extends VoiceFacts>(voices: readonly V[]): V | undefined {
  return voices.find(({ lang, localService }) => localService && /^(zh|cmn)[-_](Hans[-_])?CN/i.test(lang))
}

/** The system's voices; they may be empty until the browser has asked the system. */
export function systemVoice(): SpeechSynthesisVoice | undefined {
  return 'speechSynthesis' in window ? chineseVoice(window.speechSynthesis.getVoices()) : undefined
}

/** Tells when the list of voices has come or changed. @returns stops listening. */
export function onVoices(listener: () => void): () => void {
  if (!('speechSynthesis' in window)) return () => undefined
  window.speechSynthesis.addEventListener('voiceschanged', listener)
  return () => window.speechSynthesis.removeEventListener('voiceschanged', listener)
}

/** Says it in the system's Chinese voice, where the settings want that and there is one; else nothing. */
export function speak(words: string): void {
  if (soundStore.getState().settings.voice) speakAt(words, loudness())
}

/** What is being said is cut off: a queue of sentences would run behind what is on the screen. */
export function speakAt(words: string, volume: number): void {
  const voice = systemVoice()
  if (voice === undefined || volume <= 0) return
  const utterance = new SpeechSynthesisUtterance(words)
  utterance.voice = voice
  utterance.lang = voice.lang
  utterance.volume = volume / 100
  window.speechSynthesis.cancel()
  window.speechSynthesis.speak(utterance)
}
