import type { Measurement } from '../lib/measurement.ts'
import { bill } from './bill.ts'
import { callbacks } from './callbacks.ts'
import { day } from './day.ts'
import { eventLoop } from './event-loop.ts'
import { firstLoad } from './first-load.ts'
import { fold } from './fold.ts'
import { listScroll } from './list-scroll.ts'
import { listUpdates } from './list-updates.ts'
import { scanToWire } from './scan-to-wire.ts'
import { searchExact } from './search-exact.ts'
import { searchKey } from './search-key.ts'
import { searchPages } from './search-pages.ts'
import { size } from './size.ts'
import { start } from './start.ts'

/** Every measurement, in the order of the table. A new one is a file beside this and a name here. */
export const MEASUREMENTS: readonly Measurement[] = [
  searchExact,
  searchPages,
  callbacks,
  eventLoop,
  bill,
  start,
  day,
  size,
  fold,
  listScroll,
  listUpdates,
  searchKey,
  scanToWire,
  firstLoad,
]
