import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { afterScroll, type Extent, isStuck, type Spot, spotAt, trackHeight } from './scroll-scale.ts'

/** Where a list stands; kept by whoever owns the list, so that it stands there again when it is shown again. */
export interface ListPosition {
  /** Which list it was of; another one begins at its top. */
  generation: number
  /** The uppermost row in sight, with the part of it that is scrolled away. */
  topRow: number
}

export function newListPosition(): ListPosition {
  return { generation: 0, topRow: 0 }
}

interface LongScrollOptions {
  readonly count: number
  readonly generation: number
  readonly rowPx: number
  readonly position: ListPosition
}

interface LongScroll {
  readonly box: RefObject<HTMLDivElement | null>
  /** Rows to draw, `last` included, and how far the first one is from the top of the track, in pixels. */
  readonly first: number
  readonly last: number
  readonly offset: number
  readonly trackHeight: number
  /** Most rows that are ever drawn at once. */
  readonly slots: number
  /** Whole rows in sight. */
  readonly pageRows: number
  onScroll(): void
  /** As far as needed, no further. */
  showRow(index: number): void
}

/** Rows drawn above and below those in sight, so that a fast wheel finds them there. */
const SPARE_ROWS = 4
const AT_REST_MS = 150

/**
 * Which rows of a list of any length are in sight. All rows have one height; a list that is taller than an element can
 * be is scrolled on a shorter track (`scroll-scale.ts`).
 */
export function useLongScroll({ count, generation, rowPx, position }: LongScrollOptions): LongScroll {
  const box = useRef<HTMLDivElement>(null)
  const spot = useRef<Spot>({ physical: 0, virtual: 0 })
  const atRest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [{ first, shift }, setDrawn] = useState({ first: Math.floor(position.topRow), shift: 0 })
  const viewport = useClientHeight(box)
  const extent: Extent = { rowsHeight: count * rowPx, viewport }

  const stand = (next: Spot) => {
    spot.current = next
    position.topRow = next.virtual / rowPx
    const drawn = { first: Math.floor(position.topRow), shift: next.virtual - next.physical }
    setDrawn((before) => (before.first === drawn.first && before.shift === drawn.shift ? before : drawn))
  }
  const goTo = (virtual: number) => {
    if (box.current === null) return
    const next = spotAt(virtual, extent)
    if (Math.abs(box.current.scrollTop - next.physical) >= 1) box.current.scrollTop = next.physical
    // The browser rounds to pixels of the screen.
    stand({ virtual: next.virtual, physical: box.current.scrollTop })
  }
  const latest = useRef(goTo)
  useLayoutEffect(() => {
    latest.current = goTo
  })
  useLayoutEffect(() => {
    if (viewport === 0 || count === 0 || rowPx === 0) return
    if (position.generation !== generation) {
      position.generation = generation
      position.topRow = 0
    }
    latest.current(position.topRow * rowPx)
  }, [count, generation, rowPx, viewport, position])
  useEffect(() => () => clearTimeout(atRest.current), [])

  const inSight = rowPx === 0 ? 0 : Math.ceil(viewport / rowPx) + 1
  const start = Math.max(0, Math.min(first, count) - SPARE_ROWS)
  return {
    box,
    first: start,
    last: Math.min(count, first + inSight + SPARE_ROWS) - 1,
    slots: inSight + 2 * SPARE_ROWS,
    offset: start * rowPx - shift,
    trackHeight: trackHeight(extent),
    pageRows: Math.max(1, inSight - 2),
    onScroll() {
      if (box.current === null || rowPx === 0) return
      const next = afterScroll(spot.current, box.current.scrollTop, extent)
      if (isStuck(next, extent)) goTo(next.virtual)
      else stand(next)
      clearTimeout(atRest.current)
      atRest.current = setTimeout(() => latest.current(spot.current.virtual), AT_REST_MS)
    },
    showRow: useCallback(
      (index) => {
        const height = box.current?.clientHeight ?? 0
        const { virtual } = spot.current
        if (index * rowPx < virtual) latest.current(index * rowPx)
        else if ((index + 1) * rowPx > virtual + height) latest.current((index + 1) * rowPx - height)
      },
      [rowPx],
    ),
  }
}

/** Height of an element, without its borders, in whole pixels. 0 until it is drawn. */
export function useClientHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0)
  useLayoutEffect(() => {
    if (element.current === null) return
    const measured = element.current
    const measure = () => setHeight(measured.clientHeight)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element])
  return height
}
