import { describe, expect, test, vi } from 'vitest'
import type { Hid, HidCollection, HidDevice, HidInputEvent } from './device-types.ts'
import { layoutOf, readScanReport } from './hid-report.ts'
import { linkHidScanners } from './hid-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import { createSerialLines } from './serial-scanner.ts'

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
    open: vi.fn(async () => undefined),
    close: vi.fn(async () => undefined),
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
    ['holds a control character', report('990101\u0007ec')],
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
    text: 'hello',
    symbology: ']C1',
    isContinued: false,
  })
})

describe('a serial scanner', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const heard = () => {
    const outcomes: ScanOutcome[] = []
    return { outcomes, lines: createSerialLines((outcome) => outcomes.push(outcome)) }
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
    lines.take(new Uint8Array([0x39, 0xff, 0x39, 0x39, 0x39, 0x0d]))
    lines.take(bytes(`${TOKEN}\r`))
    expect(outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'incomplete' }, { kind: 'scan', text: TOKEN }])
  })
})
