import type { HidCollection, HidReportInfo, HidReportItem } from './device-types.ts'

/** Bar code scanner page of the USB HID point-of-sale usage tables. */
export const SCANNER_USAGE_PAGE = 0x8c

/** No report that is ours has more; a device may say what it likes. */
const MOST_USAGES = 64

const USAGES = {
  byteCount: 0x0001003b,
  symbology1: 0x008c00fb,
  symbology2: 0x008c00fc,
  symbology3: 0x008c00fd,
  data: 0x008c00fe,
  continued: 0x008c00ff,
} as const

/** Where a scanned-data report holds what. Offsets in bytes from its beginning. */
export interface ScanReportLayout {
  readonly reportId: number
  readonly lengthAt: number
  readonly symbologyAt: number
  readonly dataAt: number
  readonly capacity: number
  /** The byte whose lowest bit says that another report goes on with this scan. */
  readonly continuedAt: number
}

export interface ScanReport {
  readonly bytes: Uint8Array
  /** AIM identifier, as `]Q1` for a QR code; empty where the scanner tells none. */
  readonly symbology: string
  readonly isContinued: boolean
}

/** The layout as the device describes it, or the usual one of 64 bytes where it describes none. */
export function layoutOf(collections: readonly HidCollection[]): ScanReportLayout {
  const reports = collections
    .filter(({ usagePage }) => usagePage === SCANNER_USAGE_PAGE)
    .flatMap(({ inputReports }) => inputReports ?? [])
  for (const report of reports) {
    const layout = readLayout(report)
    if (layout !== undefined) return layout
  }
  return { reportId: reports[0]?.reportId ?? 2, lengthAt: 0, symbologyAt: 1, dataAt: 4, capacity: 56, continuedAt: 62 }
}

function readLayout({ reportId = 0, items = [] }: HidReportInfo): ScanReportLayout | undefined {
  const places = new Map<number, { readonly atByte: number; readonly bytes: number }>()
  let bit = 0
  for (const item of items) {
    const { reportSize = 0, reportCount = 0 } = item
    const usages = usagesOf(item)
    usages.slice(0, Math.max(1, reportCount)).forEach((usage, index) => {
      const bits = usages.length === 1 ? reportSize * reportCount : reportSize
      places.set(usage, { atByte: Math.floor((bit + index * reportSize) / 8), bytes: Math.floor(bits / 8) })
    })
    bit += reportSize * reportCount
  }
  const data = places.get(USAGES.data)
  const length = places.get(USAGES.byteCount)
  if (data === undefined || length === undefined) return undefined
  return {
    reportId,
    lengthAt: length.atByte,
    symbologyAt: places.get(USAGES.symbology1)?.atByte ?? -1,
    dataAt: data.atByte,
    capacity: data.bytes,
    continuedAt: places.get(USAGES.continued)?.atByte ?? -1,
  }
}

/** A descriptor names usages one by one, or as a range. */
function usagesOf({ usages, usageMinimum = 0, usageMaximum = -1, isRange }: HidReportItem): readonly number[] {
  if (isRange !== true) return usages ?? []
  const length = Math.min(MOST_USAGES, Math.max(0, usageMaximum - usageMinimum + 1))
  return Array.from({ length }, (_, index) => usageMinimum + index)
}

/** One report. @returns undefined for one that cannot be: longer than it has room for. */
export function readScanReport(layout: ScanReportLayout, data: DataView): ScanReport | undefined {
  const byteAt = (at: number) => (at >= 0 && at < data.byteLength ? data.getUint8(at) : 0)
  const length = byteAt(layout.lengthAt)
  if (length > layout.capacity || layout.dataAt + length > data.byteLength) return undefined
  const symbology = layout.symbologyAt < 0 ? '' : asciiAt(data, layout.symbologyAt, 3)
  return {
    bytes: withoutEnding(new Uint8Array(data.buffer, data.byteOffset + layout.dataAt, length)),
    symbology: /^\][A-Za-z][0-9A-Za-z]$/.test(symbology) ? symbology : '',
    isContinued: (byteAt(layout.continuedAt) & 1) === 1 && layout.continuedAt >= 0,
  }
}

/** Without the carriage return or line feed that a scanner may be set to send as on a keyboard. */
function withoutEnding(bytes: Uint8Array): Uint8Array {
  let length = bytes.length
  while (bytes[length - 1] === 0x0d || bytes[length - 1] === 0x0a) length -= 1
  return bytes.subarray(0, length)
}

function asciiAt(data: DataView, at: number, length: number): string {
  const bytes = Array.from({ length }, (_, index) => (at + index < data.byteLength ? data.getUint8(at + index) : 0))
  return String.fromCharCode(...bytes)
}
