import { describe, expect, test } from 'vitest'
import { PIN_KEPT, settingsSchema } from '#shared/contract/settings.ts'
import { hashPin, hidePin, isPin, sealPin } from './pin-hash.ts'

const settingsWith = (lockPin: string) => settingsSchema.parse({ environment: 'simulated', desk: { lockPin } })

describe('the PIN of the lock', () => {
  test('is kept as a hash that differs each time and proves the PIN', async () => {
    // The longest: no hash has it by chance.
    const [one, other] = [hashPin('47114711'), hashPin('47114711')]
    expect(one).not.toBe(other)
    expect(one).not.toContain('47114711')
    expect(await isPin('47114711', one)).toBe(true)
    expect(await isPin('47114712', one)).toBe(false)
    expect(await isPin('', '')).toBe(false)
  })

  test('typed in the settings is hashed before they are kept, in a form that the schema takes', async () => {
    const sealed = sealPin(settingsWith('20468'), undefined)
    expect(await isPin('20468', sealed.desk.lockPin)).toBe(true)
    expect(settingsSchema.parse(sealed)).toEqual(sealed)
  })

  test('stays when the window sends its mark back, and goes when it sends nothing', () => {
    const before = settingsWith(hashPin('4711'))
    expect(sealPin(settingsWith(PIN_KEPT), before).desk.lockPin).toBe(before.desk.lockPin)
    expect(sealPin(settingsWith(''), before).desk.lockPin).toBe('')
  })

  test('never reaches a window, not even as a hash', () => {
    expect(hidePin(settingsWith(hashPin('4711'))).desk.lockPin).toBe(PIN_KEPT)
    expect(hidePin(settingsWith('')).desk.lockPin).toBe('')
  })

  test.each(['123', '123456789', 'abcd', 'scrypt:00:11'])('%s is no PIN', (lockPin) => {
    expect(settingsSchema.safeParse({ environment: 'simulated', desk: { lockPin } }).success).toBe(false)
  })
})
