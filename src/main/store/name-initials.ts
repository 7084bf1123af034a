import { pinyin } from 'pinyin-pro'

/** Initials of the names asked for last: an order is stored many times in the course of a payment. */
const known = new Map<string, string>()
const MOST_KNOWN = 1_000

/** Pinyin initials of a name in lower case, for search by letters: 林小满 → "lxm". Surnames are read as surnames. */
export function nameInitials(name: string): string {
  const remembered = known.get(name)
  if (remembered !== undefined) return remembered
  if (known.size >= MOST_KNOWN) known.clear()
  const initials = readInitials(name)
  known.set(name, initials)
  return initials
}

function readInitials(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}
