import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { PIN_PATTERN } from '#shared/contract/lock.ts'
import { PIN_KEPT, type Settings } from '#shared/contract/settings.ts'

const KEY_BYTES = 32
/** Node's own cost: about 50 ms and 16 MB a try. */
const PREFIX = 'scrypt'

/** What the settings keep of a PIN: `scrypt:SALT:KEY`, both hex. */
export function hashPin(pin: string): string {
  const salt = randomBytes(16)
  return [PREFIX, salt.toString('hex'), scryptSync(pin, salt, KEY_BYTES).toString('hex')].join(':')
}

export async function isPin(pin: string, hash: string): Promise<boolean> {
  const [prefix, salt = '', key = ''] = hash.split(':')
  const wanted = Buffer.from(key, 'hex')
  if (prefix !== PREFIX || wanted.length !== KEY_BYTES) return false
  // promisify of scrypt with a length only gives the buffer of that length.
  const found = (await promisify(scrypt)(pin, Buffer.from(salt, 'hex'), KEY_BYTES)) as Buffer
  return timingSafeEqual(found, wanted)
}

/** Settings as they are kept: a PIN typed just now is hashed, and the mark of the window stands for the one before. */
export function sealPin(settings: Settings, before: Settings | undefined): Settings {
  const { lockPin } = settings.desk
  if (PIN_PATTERN.test(lockPin)) return withPin(settings, hashPin(lockPin))
  return lockPin === PIN_KEPT ? withPin(settings, before?.desk.lockPin ?? '') : settings
}

/** Settings as a window sees them: whether there is a PIN, and no more. */
export function hidePin(settings: Settings): Settings {
  return settings.desk.lockPin === '' ? settings : withPin(settings, PIN_KEPT)
}

function withPin(settings: Settings, lockPin: string): Settings {
  return { ...settings, desk: { ...settings.desk, lockPin } }
}
