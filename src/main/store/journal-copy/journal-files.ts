import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '#shared/domain/time.ts'
import { namesIn } from '../durable-file.ts'
import type { LineCodec } from './journal-line.ts'
import type { JournalRecord } from './journal-record.ts'

/** One file a day, UTC+8: `journal-20260318.jsonl`. */
export function journalName(atMs: number): string {
  return `journal-${dayOf(atMs).replaceAll('-', '')}.jsonl`
}

const NAME = /^journal-(\d{8})\.jsonl$/

export interface JournalContents {
  readonly records: readonly JournalRecord[]
  /** Lines that are no record. One torn line a power cut is normal. */
  readonly unreadable: number
}

/** Everything that the copies in a folder hold, in the order in which it was written. */
export function readJournal(folder: string, codec: LineCodec): JournalContents {
  const lines = journalDays(folder).flatMap((day) =>
    readFileSync(join(folder, `journal-${day}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
  const read = lines.map((line) => codec.read(line))
  const records = read.filter((record) => record !== undefined)
  return { records, unreadable: lines.length - records.length }
}

/** Days `yyyyMMdd` that have a file, oldest first. */
export function journalDays(folder: string): readonly string[] {
  return namesIn(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .sort()
}

/** Removes the files of days before `firstDay` (`yyyyMMdd`). */
export function pruneJournal(folder: string, firstDay: string): void {
  for (const day of journalDays(folder)) {
    if (day < firstDay) rmSync(join(folder, `journal-${day}.jsonl`), { force: true })
  }
}
