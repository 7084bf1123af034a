/** How tall a list is and how much of it is in sight, in CSS pixels. */
export interface Extent {
  readonly rowsHeight: number
  readonly viewport: number
}

/**
 * Where a list stands: `physical` is the scroll position of the browser's element, `virtual` the one among the rows.
 * They differ only in a list that is taller than an element can be.
 */
export interface Spot {
  readonly physical: number
  readonly virtual: number
}

/** Chromium draws no element taller than 33,554,428 px, Firefox about half of that; far below both stays exact. */
const TALLEST_PX = 8_000_000

/** Height of the element that is scrolled. */
export function trackHeight({ rowsHeight }: Extent): number {
  return Math.min(rowsHeight, TALLEST_PX)
}

/** The spot that shows this place among the rows, the scroll bar where it belongs. */
export function spotAt(virtual: number, extent: Extent): Spot {
  const { most, mostPhysical } = limits(extent)
  const place = clamp(virtual, most)
  return { virtual: place, physical: most === 0 ? 0 : (place / most) * mostPhysical }
}

/**
 * After the browser scrolled to `physical`. A step within sight moves the rows as far as the finger or the wheel did; a
 * leap (the scroll bar was dragged) goes to the same part of the whole.
 */
export function afterScroll(from: Spot, physical: number, extent: Extent): Spot {
  const { most, mostPhysical } = limits(extent)
  if (most === mostPhysical) return { physical, virtual: clamp(physical, most) }
  const step = physical - from.physical
  const virtual =
    Math.abs(step) <= extent.viewport
      ? clamp(from.virtual + step, most)
      : clamp((physical / Math.max(1, mostPhysical)) * most, most)
  return { physical, virtual }
}

/** Whether the element has come to its end while rows are left beyond it: then it has to be put back where it belongs. */
export function isStuck({ physical, virtual }: Spot, extent: Extent): boolean {
  const { most, mostPhysical } = limits(extent)
  return (physical <= 0 && virtual > 0) || (physical >= mostPhysical - 1 && virtual < most - 1)
}

function limits(extent: Extent): { most: number; mostPhysical: number } {
  return {
    most: Math.max(0, extent.rowsHeight - extent.viewport),
    mostPhysical: Math.max(0, trackHeight(extent) - extent.viewport),
  }
}

function clamp(place: number, most: number): number {
  return Math.min(Math.max(place, 0), most)
}
