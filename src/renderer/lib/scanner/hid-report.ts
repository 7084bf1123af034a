import type { HidCollection, HidReportInfo } from './device-types.ts'

/** Bar code scanner page of the USB HID point-of-sale usage tables. */
export const SCANNER_USAGE_PAGE = 0x8c

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
  readonly text: string
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
  for (const { usages = [], reportSize = 0, reportCount = 0 } of items) {
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

/** One report. @returns undefined for one that cannot be: longer than it has room, or with other than printable text. */
export function readScanReport(layout: ScanReportLayout, data: DataView): ScanReport | undefined {
  const byteAt = (at: number) => (at >= 0 && at < data.byteLength ? data.getUint8(at) : 0)
  const length = byteAt(layout.lengthAt)
  if (length > layout.capacity || layout.dataAt + length > data.byteLength) return undefined
  const text = asciiAt(data, layout.dataAt, length).replace(/[\r\n]+$/, '')
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined
  const symbology = layout.symbologyAt < 0 ? '' : asciiAt(data, layout.symbologyAt, 3)
  return {
    text,
    symbology: /^\][A-Za-z][0-9A-Za-z]$/.test(symbology) ? symbology : '',
    isContinued: (byteAt(layout.continuedAt) & 1) === 1 && layout.continuedAt >= 0,
  }
}

function asciiAt(data: DataView, at: number, length: number): string {
  const bytes = Array.from({ length }, (_, index) => (at + index < data.byteLength ? data.getUint8(at + index) : 0))
  return String.fromCharCode(...bytes)
}
