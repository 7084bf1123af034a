/** What a scanned text is (dictionaries.md, "Identifiers as seen"). The words for each kind are in ui/words.ts. */
export type ScanClass =
  | { readonly kind: 'ecToken'; readonly value: string }
  /** `isSure: false`: by its length alone, which a damaged e-voucher may have too. */
  | { readonly kind: 'payAuthNo'; readonly value: string; readonly isSure: boolean }
  | { readonly kind: 'chargeNumber'; readonly value: string }
  | { readonly kind: 'residentId'; readonly value: string }
  | { readonly kind: 'wechatPayCode' }
  | { readonly kind: 'alipayPayCode' }
  | { readonly kind: 'url' }
  | { readonly kind: 'drugBarcode' }
  | { readonly kind: 'unknown' }

export type ScanKind = ScanClass['kind']

/**
 * Most certain first: a form nothing else has, then a number that is pending here, then forms that only look alike.
 * 18 digits beginning 10–15 are a WeChat code unless they hold up as a resident id with day and check digit.
 */
export function classifyScan(scanned: string, isPendingCharge: (medOrgOrd: string) => boolean): ScanClass {
  const text = scanned.trim()
  if (/^\d{6}ec[a-z0-9]{30}$/.test(text)) return { kind: 'ecToken', value: text }
  if (isPendingCharge(text)) return { kind: 'chargeNumber', value: text }
  if (/^AUTH\d{27}$/.test(text)) return { kind: 'payAuthNo', value: text, isSure: true }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'url' }
  if (isResidentId(text)) return { kind: 'residentId', value: text.toUpperCase() }
  if (/^1[0-5]\d{16}$/.test(text)) return { kind: 'wechatPayCode' }
  if (/^(2[5-9]|30)\d{14,22}$/.test(text)) return { kind: 'alipayPayCode' }
  if (isDrugBarcode(text)) return { kind: 'drugBarcode' }
  if (isOpaqueAuthNo(text)) return { kind: 'payAuthNo', value: text, isSure: false }
  return { kind: 'unknown' }
}

/** 30 opaque characters, unless they begin as an e-voucher does: that is one of 38 which lost eight. */
function isOpaqueAuthNo(text: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9]{30}$/.test(text) && !/^\d{1,6}(ec|e\d|c)/.test(text)
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const ID_CHECK_CHARACTERS = '10X98765432'

/** Resident id of 18 characters with a true day and check character (GB 11643), or the old one of 15 digits. */
export function isResidentId(text: string): boolean {
  if (/^\d{15}$/.test(text)) return isDay(`19${text.slice(6, 12)}`)
  if (!/^\d{17}[\dXx]$/.test(text) || !isDay(text.slice(6, 14))) return false
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return ID_CHECK_CHARACTERS[sum % 11] === text[17]?.toUpperCase()
}

function isDay(digits: string): boolean {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  const atMs = Date.parse(`${iso}T00:00:00Z`)
  const year = Number(digits.slice(0, 4))
  return year >= 1880 && year <= 2100 && !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(iso)
}

/** EAN-8, UPC-A, EAN-13, GTIN-14, and the 20 digits of a drug's trace code, which begin with 8. */
function isDrugBarcode(text: string): boolean {
  return /^(\d{8}|\d{12,14}|8\d{19})$/.test(text)
}
