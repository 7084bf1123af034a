import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * A PNG of a screen again, with 256 colours and the best compression: about a third of the size, and the same to the
 * eye. The 256 most frequent colours stay exact; the rest (edges of letters) take the nearest of them.
 * @throws when the picture is not 8-bit RGB or RGBA without interlacing, which is what browsers write.
 */
export function smallPng(png: Buffer): Buffer {
  const picture = readPng(png)
  const colours = coloursOf(picture)
  const palette = [...colours.keys()].slice(0, MOST_COLOURS)
  const index = nearestIndex(palette)
  const { width, height, pixels } = picture
  // Each line begins with its filter; 0 is none, which suits flat areas and letters best.
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) lines[y * (width + 1) + 1 + x] = index(pixels[y * width + x] ?? 0)
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(width, height)),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const MOST_COLOURS = 256
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

interface Picture {
  readonly width: number
  readonly height: number
  /** One 0xRRGGBB each, line by line. */
  readonly pixels: Uint32Array
}

function readPng(png: Buffer): Picture {
  const chunks = chunksOf(png)
  const ihdr = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13)
  const [width, height] = [ihdr.readUInt32BE(0), ihdr.readUInt32BE(4)]
  const bytes = { 2: 3, 6: 4 }[ihdr[9] ?? 0]
  if (ihdr[8] !== 8 || ihdr[12] !== 0 || bytes === undefined) throw new Error('not a PNG as browsers write it')
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((part) => part.data))
  const raw = unfilter(inflateSync(data), width * bytes, bytes)
  const pixels = Uint32Array.from({ length: width * height }, (_, at) => raw.readUIntBE(at * bytes, 3))
  return { width, height, pixels }
}

function chunksOf(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

/** Undoes the filter of each line (PNG specification, 9.2): every byte was told as a difference from its neighbours. */
function unfilter(filtered: Buffer, lineBytes: number, pixelBytes: number): Buffer {
  const height = filtered.length / (lineBytes + 1)
  const raw = Buffer.alloc(lineBytes * height)
  const byteAt = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (raw[y * lineBytes + x] ?? 0))
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (lineBytes + 1)] ?? 0
    for (let x = 0; x < lineBytes; x += 1) {
      const told = filtered[y * (lineBytes + 1) + 1 + x] ?? 0
      const [left, up, corner] = [byteAt(x - pixelBytes, y), byteAt(x, y - 1), byteAt(x - pixelBytes, y - 1)]
      raw[y * lineBytes + x] = told + predicted(filter, left, up, corner)
    }
  }
  return raw
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  return filter === 4 ? paeth(left, up, corner) : 0
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** Every colour, the most frequent first. */
function coloursOf({ pixels }: Picture): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  return new Map([...counts].sort((left, right) => right[1] - left[1]))
}

function nearestIndex(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, index) => [colour, index]))
  return (colour) => {
    const found = known.get(colour) ?? nearest(palette, colour)
    known.set(colour, found)
    return found
  }
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((other) => distance(other, colour))
  return distances.indexOf(Math.min(...distances))
}

function distance(one: number, other: number): number {
  const part = (shift: number) => ((one >> shift) & 255) - ((other >> shift) & 255)
  return part(16) ** 2 + part(8) ** 2 + part(0) ** 2
}

function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  // 8 bits an index, of a palette.
  data.set([8, 3, 0, 0, 0], 8)
  return data
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
