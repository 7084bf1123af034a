import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

export const LEAST_SIZE = { width: 1280, height: 720 } as const

export interface Area {
  readonly width: number
  readonly height: number
}

const sizeSchema = z.object({ width: z.int(), height: z.int(), maximized: z.boolean() })
export type WindowSize = z.infer<typeof sizeSchema>

/** The size of last time, where it still fits the screen; a desk that has none begins maximized. */
export function readWindowSize(file: string, screen: Area): WindowSize {
  const saved = readSaved(file)
  if (saved === undefined) return { ...fitInto(screen, screen), maximized: true }
  return { ...fitInto(saved, screen), maximized: saved.maximized }
}

export function saveWindowSize(file: string, size: WindowSize): void {
  try {
    writeFileSync(file, JSON.stringify(size))
  } catch {
    // The window's size is a comfort; a full disk is told by the store, not by this.
  }
}

function readSaved(file: string): WindowSize | undefined {
  try {
    return sizeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Missing at the first start, or damaged: the default size is as good.
    return undefined
  }
}

function fitInto(size: Area, screen: Area): Area {
  const clamp = (wanted: number, least: number, most: number) =>
    Math.min(Math.max(wanted, least), Math.max(most, least))
  return {
    width: clamp(size.width, LEAST_SIZE.width, screen.width),
    height: clamp(size.height, LEAST_SIZE.height, screen.height),
  }
}
