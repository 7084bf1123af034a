import { beforeEach, describe, expect, test } from 'vitest'
import { lastUsed } from '../last-used.ts'
import { applySoundSettings, isMuted, loudness, soundStore, toggleMute } from './sound-store.ts'
import { createTonePlayer, TONES } from './tones.ts'
import { chineseVoice } from './voice.ts'

const SETTINGS = { volume: 60, muted: false, voice: false, attention: true }

interface FakeContext {
  state: AudioContextState
  readonly started: { hertz: number; atSeconds: number }[]
  readonly peaks: number[]
  resumed: PromiseWithResolvers<void>
}

/** As much of an AudioContext as a tone uses, writing down what was asked of it. */
function fakeContext(state: AudioContextState): { fake: FakeContext; context: AudioContext } {
  const fake: FakeContext = { state, started: [], peaks: [], resumed: Promise.withResolvers<void>() }
  const gain = () => ({
    gain: {
      setValueAtTime: () => undefined,
      linearRampToValueAtTime: (value: number) => value > 0 && fake.peaks.push(value),
    },
    connect: () => undefined,
  })
  const oscillator = () => {
    const frequency = { value: 0 }
    const start = (atSeconds: number) => fake.started.push({ hertz: frequency.value, atSeconds })
    return { frequency, connect: () => ({ connect: () => undefined }), start, stop: () => undefined }
  }
  const context = {
    get state() {
      return fake.state
    },
    currentTime: 10,
    destination: {},
    resume: () => fake.resumed.promise,
    createGain: gain,
    createOscillator: oscillator,
  }
  return { fake, context: context as unknown as AudioContext }
}

describe('a tone', () => {
  test('is made of its notes, one after the other, from now on', () => {
    const { fake, context } = fakeContext('running')
    createTonePlayer(() => context, Date.now).play('success', 60)
    expect(fake.started.map(({ hertz }) => hertz)).toEqual(TONES.success.map(({ hertz }) => hertz))
    expect(fake.started.map(({ atSeconds }) => atSeconds)).toEqual([10, 10.11, 10.22])
  })

  test('is louder with the volume, and nothing at all at none', () => {
    const { fake, context } = fakeContext('running')
    const player = createTonePlayer(() => context, Date.now)
    player.play('scan', 0)
    expect(fake.started).toEqual([])
    player.play('scan', 50)
    player.play('scan', 100)
    expect(fake.peaks).toEqual([0.125, 0.5])
  })

  test('makes no context before the page may be heard, and one for all tones after it', () => {
    const { fake, context } = fakeContext('running')
    let [mayBeHeard, made] = [false, 0]
    const makeContext = () => {
      if (mayBeHeard) made += 1
      return mayBeHeard ? context : undefined
    }
    const player = createTonePlayer(makeContext, Date.now)
    player.play('scan', 60)
    expect({ made, notes: fake.started.length }).toEqual({ made: 0, notes: 0 })
    mayBeHeard = true
    player.play('scan', 60)
    player.play('scan', 60)
    expect({ made, notes: fake.started.length }).toEqual({ made: 1, notes: 2 })
  })

  test.each([
    ['soon', 100, 1],
    ['so late that it would answer something else', 1000, 0],
  ])('waits for a context that sleeps, and sounds if it wakes %s', async (_, afterMs, notes) => {
    const { fake, context } = fakeContext('suspended')
    let nowMs = 0
    createTonePlayer(
      () => context,
      () => nowMs,
    ).play('scan', 60)
    expect(fake.started).toEqual([])
    nowMs = afterMs
    fake.resumed.resolve()
    await fake.resumed.promise
    expect(fake.started).toHaveLength(notes)
  })

  test('is given up quietly where the system does not let a context wake', async () => {
    const { fake, context } = fakeContext('suspended')
    createTonePlayer(() => context, Date.now).play('scan', 60)
    fake.resumed.reject(new Error('not allowed'))
    await expect(fake.resumed.promise).rejects.toThrow()
    expect(fake.started).toEqual([])
  })
})

describe('how loud the desk is', () => {
  beforeEach(() => soundStore.setState({ settings: SETTINGS, mutedHere: null }))

  test('is the setting, and nothing while it is muted or another window speaks', () => {
    expect(loudness()).toBe(60)
    lastUsed.setState({ isThisWindow: false })
    expect(loudness()).toBe(0)
    lastUsed.setState({ isThisWindow: true })
    toggleMute()
    expect(loudness()).toBe(0)
  })

  test("lets the frame's button stand above the setting until the settings change", () => {
    applySoundSettings({ ...SETTINGS, muted: true })
    toggleMute()
    expect(isMuted(soundStore.getState())).toBe(false)
    applySoundSettings({ ...SETTINGS, muted: true })
    expect(isMuted(soundStore.getState())).toBe(false)
    applySoundSettings({ ...SETTINGS, muted: true, volume: 30 })
    expect(isMuted(soundStore.getState())).toBe(true)
  })
})

describe('the voice', () => {
  test('is Mandarin of this machine, never one that a server makes', () => {
    const remote = { lang: 'zh-CN', localService: false }
    const english = { lang: 'en-US', localService: true }
    const cantonese = { lang: 'zh-HK', localService: true }
    expect(chineseVoice([remote, english, cantonese])).toBeUndefined()
    for (const lang of ['zh-CN', 'zh_CN', 'cmn-CN', 'zh-Hans-CN']) {
      expect(chineseVoice([remote, { lang, localService: true }])).toEqual({ lang, localService: true })
    }
  })
})
