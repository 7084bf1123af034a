const SECRET = 0x5a

/** The seal of the stand-in's keychain: it closes and opens. */
export function flip(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ SECRET))
}
