/** What may be shown or logged of a secret or a person. Nothing here can be undone: the middle is gone, not blurred. */

/** First 6 and last 4: enough to tell two tokens apart, too little to use one (scanning.md, point 7). */
export function maskToken(token: string): string {
  return token.length < 16 ? '••••' : `${token.slice(0, 6)}••••${token.slice(-4)}`
}

/** Resident id: region of 6 digits stays hidden but for the first 3, the last 4 stay readable. */
export function maskIdNo(idNo: string): string {
  return idNo.length < 8 ? '••••' : `${idNo.slice(0, 3)}${'•'.repeat(Math.min(11, idNo.length - 7))}${idNo.slice(-4)}`
}

/** 张三丰 → 张*丰, 张三 → 张*; for paper and for screens that others see. The cashier's own screen shows the whole name. */
export function maskName(name: string): string {
  const characters = [...name]
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters[characters.length - 1]}`
}
