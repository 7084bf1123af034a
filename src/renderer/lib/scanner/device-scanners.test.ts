import { describe, expect, test, vi } from 'vitest'
import type { Hid, HidCollection, HidDevice, HidInputEvent, Serial, SerialPort } from './device-types.ts'
import { layoutOf, readScanReport } from './hid-report.ts'
import { linkHidScanners } from './hid-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import { createSerialLines, linkSerialScanners } from './serial-scanner.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const POS: HidCollection = { usagePage: 0x8c, usage: 2, inputReports: [{ reportId: 2 }] }

/** The usual report of 63 bytes after its id: length, symbology, data, continuation. */
function report(text: string, { continued = false, length = text.length, symbology = ']Q1' } = {}): DataView {
  const bytes = new Uint8Array(63)
  bytes[0] = length
  bytes.set(new TextEncoder().encode(symbology), 1)
  bytes.set(new TextEncoder().encode(text).slice(0, 56), 4)
  bytes[62] = continued ? 1 : 0
  return new DataView(bytes.buffer)
}

/** The far side of WebHID: a bus with devices that can be plugged. */
function fakeHid(collections: readonly HidCollection[] = [POS]) {
  const listeners = new Set<(event: HidInputEvent) => void>()
  const bus = {
    connect: new Set<(event: { device: HidDevice }) => void>(),
    disconnect: new Set<(event: { device: HidDevice }) => void>(),
  }
  const device = {
    ...{ opened: false, productName: 'Scanner', vendorId: 0x0c2e, productId: 0x0b61, collections },
    open: vi.fn(async () => {
      device.opened = true
    }),
    close: vi.fn(async () => {
      await Promise.resolve()
      device.opened = false
    }),
    addEventListener: (_: string, listener: (event: HidInputEvent) => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: (event: HidInputEvent) => void) => void listeners.delete(listener),
  }
  const hid: Hid = {
    getDevices: async () => [],
    requestDevice: async () => [device],
    addEventListener: (type, listener) => void bus[type].add(listener),
    removeEventListener: (type, listener) => void bus[type].delete(listener),
  }
  return {
    hid,
    device,
    plug: (how: 'connect' | 'disconnect') => {
      device.opened = false
      for (const listener of bus[how]) listener({ device })
    },
    send: (data: DataView, reportId = 2) => {
      for (const listener of listeners) listener({ reportId, data })
    },
  }
}

async function linked(...args: Parameters<typeof fakeHid>) {
  const far = fakeHid(...args)
  const outcomes: ScanOutcome[] = []
  const links = linkHidScanners(
    far.hid,
    (outcome) => outcomes.push(outcome),
    () => undefined,
  )
  const chosen = await links.ask()
  return { ...far, links, outcomes, chosen }
}

describe('a HID-POS scanner', () => {
  test('delivers exactly what its report holds', async () => {
    const { send, outcomes, links } = await linked()
    send(report(TOKEN))
    expect(outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
    expect(links.names()).toEqual(['Scanner 0c2e:0b61'])
  })

  test('that sends a scan in two reports delivers one', async () => {
    const { send, outcomes } = await linked()
    send(report('x'.repeat(56), { continued: true }))
    send(report('yz'))
    expect(outcomes).toEqual([{ kind: 'scan', text: `${'x'.repeat(56)}yz` }])
  })

  test('that reads the same code twice at once delivers it once', async () => {
    const { send, outcomes } = await linked()
    send(report(TOKEN))
    send(report(TOKEN))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['scan', 'repeated'])
  })

  test.each([
    ['says a length beyond its room', report(TOKEN, { length: 200 })],
    ['is cut off', new DataView(report(TOKEN).buffer.slice(0, 20))],
  ])('whose report %s is incomplete, never a token', async (_, data) => {
    const { send, outcomes } = await linked()
    send(data)
    expect(outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('of more than 128 characters is incomplete, and other reports are not scans', async () => {
    const { send, outcomes } = await linked()
    send(report(TOKEN), 7)
    for (let part = 0; part < 3; part += 1) send(report('x'.repeat(56), { continued: part < 2 }))
    expect(outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('is opened again when it is plugged in again, and not heard meanwhile', async () => {
    const { send, outcomes, plug, links, device } = await linked()
    plug('disconnect')
    send(report(TOKEN))
    expect({ outcomes, names: links.names() }).toEqual({ outcomes: [], names: [] })
    plug('connect')
    await vi.waitFor(() => expect(links.names()).toHaveLength(1))
    expect(device.open).toHaveBeenCalledTimes(2)
    send(report(TOKEN))
    expect(outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('control: a device of another kind is not opened', async () => {
    const { chosen, device } = await linked([{ usagePage: 1, usage: 6 }])
    expect(chosen).toBe(false)
    expect(device.open).not.toHaveBeenCalled()
  })
})

test('a device that describes its report is read as it describes it', () => {
  const items = [
    { usages: [0x008c00fb, 0x008c00fc, 0x008c00fd], reportSize: 8, reportCount: 3 },
    { usages: [0x0001003b], reportSize: 8, reportCount: 1 },
    { usages: [0x008c00fe], reportSize: 8, reportCount: 20 },
    { usages: [0x008c00ff], reportSize: 1, reportCount: 1 },
  ]
  const layout = layoutOf([{ usagePage: 0x8c, inputReports: [{ reportId: 5, items }] }])
  expect(layout).toEqual({ reportId: 5, symbologyAt: 0, lengthAt: 3, dataAt: 4, capacity: 20, continuedAt: 24 })
  const bytes = new Uint8Array(25)
  bytes.set(new TextEncoder().encode(']C1\u0005hello'))
  expect(readScanReport(layout, new DataView(bytes.buffer))).toEqual({
    bytes: bytes.slice(4, 9),
    symbology: ']C1',
    isContinued: false,
  })
})

test('a descriptor that names its usages as a range is read alike', () => {
  const items = [
    { usages: [0x0001003b], reportSize: 8, reportCount: 1 },
    { isRange: true, usageMinimum: 0x008c00fb, usageMaximum: 0x008c00fd, reportSize: 8, reportCount: 3 },
    { usages: [0x008c00fe], reportSize: 8, reportCount: 20 },
  ]
  const layout = layoutOf([{ usagePage: 0x8c, inputReports: [{ reportId: 5, items }] }])
  expect(layout).toMatchObject({ lengthAt: 0, symbologyAt: 1, dataAt: 4, capacity: 20 })
})

/** The far side of Web Serial: one port, which refuses to be opened while it is open. */
function fakeSerial() {
  const opened: number[] = []
  let readable: ReadableStream<Uint8Array> | null = null
  let send: ReadableStreamDefaultController<Uint8Array> | undefined
  const port: SerialPort = {
    get readable() {
      return readable
    },
    async open({ baudRate }) {
      if (readable !== null) throw new Error('InvalidStateError')
      readable = new ReadableStream({
        start: (controller) => {
          send = controller
        },
      })
      opened.push(baudRate)
    },
    async close() {
      await Promise.resolve()
      readable = null
    },
    getInfo: () => ({ usbVendorId: 0x0c2e, usbProductId: 0x0b61 }),
  }
  const serial: Serial = {
    getPorts: async () => [port],
    requestPort: async () => port,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }
  return { serial, opened, send: (text: string) => send?.enqueue(new TextEncoder().encode(text)) }
}

describe('a link that is made anew, as another setting does', () => {
  const ignore = () => undefined

  test('opens the serial port again when the old link has closed it', async () => {
    const { serial, opened, send } = fakeSerial()
    const outcomes: ScanOutcome[] = []
    const set = (baudRate: number) => ({ baudRate, prefix: '', suffix: 'Enter' as const })
    const old = linkSerialScanners(serial, set(9600), ignore, ignore)
    await vi.waitFor(() => expect(old.names()).toEqual(['串口 0c2e:0b61']))
    old.stop()
    const anew = linkSerialScanners(serial, set(115200), (outcome) => outcomes.push(outcome), ignore)
    await vi.waitFor(() => expect(anew.names()).toHaveLength(1))
    expect(opened).toEqual([9600, 115200])
    send(`${TOKEN}\r`)
    await vi.waitFor(() => expect(outcomes).toEqual([{ kind: 'scan', text: TOKEN }]))
  })

  test('opens the HID scanner again, and tells of a plug that was pulled', async () => {
    const far = fakeHid()
    const old = linkHidScanners(far.hid, ignore, ignore)
    await old.ask()
    old.stop()
    const changes: boolean[] = []
    const anew = linkHidScanners(far.hid, ignore, ({ isLost }) => changes.push(isLost))
    expect(await anew.ask()).toBe(true)
    expect({ isOpen: far.device.opened, names: anew.names().length }).toEqual({ isOpen: true, names: 1 })
    far.plug('disconnect')
    expect(changes).toEqual([false, true])
  })
})

describe('a serial scanner', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const heard = (profile: { prefix: string; suffix: 'Enter' | 'Tab' } = { prefix: '', suffix: 'Enter' }) => {
    const outcomes: ScanOutcome[] = []
    return { outcomes, lines: createSerialLines((outcome) => outcomes.push(outcome), profile) }
  }

  test('may send its line in pieces, and ends it with carriage return, line feed or both', () => {
    const { outcomes, lines } = heard()
    lines.take(bytes(TOKEN.slice(0, 7)))
    lines.take(bytes(`${TOKEN.slice(7)}\r\n6901234567892\r`))
    expect(outcomes).toEqual([
      { kind: 'scan', text: TOKEN },
      { kind: 'scan', text: '6901234567892' },
    ])
  })

  test('without an ending is over after silence', () => {
    vi.useFakeTimers()
    const { outcomes, lines } = heard()
    lines.take(bytes(TOKEN))
    expect(outcomes).toEqual([])
    vi.advanceTimersByTime(101)
    expect(outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
    vi.useRealTimers()
  })

  test('whose line is damaged is incomplete, and the next one is read', () => {
    const { outcomes, lines } = heard()
    lines.take(bytes(TOKEN.slice(0, 30)))
    lines.damaged()
    lines.take(bytes(`${TOKEN}\r`))
    expect(outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'scan', text: TOKEN }])
  })

  test('that frames its codes with STX and ETX, or is set to Tab and a prefix, is read', () => {
    const framed = heard()
    framed.lines.take(bytes(`00\u0002${TOKEN}\u0003`))
    expect(framed.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
    const set = heard({ prefix: '~', suffix: 'Tab' })
    set.lines.take(bytes(`~${TOKEN}\t`))
    expect(set.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
    const plain = heard()
    plain.lines.take(bytes(`${TOKEN}\t\r`))
    expect(plain.outcomes).toEqual([{ kind: 'scan', text: `${TOKEN}\t` }])
  })

  test('whose code is Chinese, in UTF-8 or GBK, or holds control characters is read as it is, and is no voucher', () => {
    const { outcomes, lines } = heard()
    lines.take(bytes('https://药.example\r'))
    lines.take(Uint8Array.from([0xd2, 0xbd, 0xb1, 0xa3, 0xd2, 0xbd, 0xb1, 0xa3, 0x0d]))
    lines.take(bytes('01069012345678921\u001d10A\r'))
    expect(outcomes.map((outcome) => 'text' in outcome && outcome.text)).toEqual([
      'https://药.example',
      '医保医保',
      '01069012345678921\u001d10A',
    ])
  })
})
