/** As much of WebHID and Web Serial as the scanner uses; the browser's types do not come with TypeScript. */

export interface HidReportItem {
  readonly usages?: readonly number[]
  /** Then the usages stand between these two, and `usages` is empty. */
  readonly isRange?: boolean
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly reportSize?: number
  readonly reportCount?: number
}

export interface HidReportInfo {
  readonly reportId?: number
  readonly items?: readonly HidReportItem[]
}

export interface HidCollection {
  readonly usagePage?: number
  readonly usage?: number
  readonly inputReports?: readonly HidReportInfo[]
}

export interface HidInputEvent {
  readonly reportId: number
  readonly data: DataView
}

export interface HidDevice {
  readonly opened: boolean
  readonly productName: string
  readonly vendorId: number
  readonly productId: number
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  close(): Promise<void>
  addEventListener(type: 'inputreport', listener: (event: HidInputEvent) => void): void
  removeEventListener(type: 'inputreport', listener: (event: HidInputEvent) => void): void
}

export interface Hid {
  getDevices(): Promise<readonly HidDevice[]>
  requestDevice(options: { readonly filters: readonly { readonly usagePage: number }[] }): Promise<readonly HidDevice[]>
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly device: HidDevice }) => void): void
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly device: HidDevice }) => void): void
}

export interface SerialPort {
  readonly readable: ReadableStream<Uint8Array> | null
  open(options: { readonly baudRate: number }): Promise<void>
  close(): Promise<void>
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number }
}

export interface Serial {
  getPorts(): Promise<readonly SerialPort[]>
  requestPort(): Promise<SerialPort>
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly target: SerialPort }) => void): void
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly target: SerialPort }) => void): void
}
