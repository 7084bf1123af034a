import { pinyin } from 'pinyin-pro'

/** Pinyin initials of a name in lower case, for search by letters: 林小满 → "lxm". Surnames are read as surnames. */
export function nameInitials(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}
