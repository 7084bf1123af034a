import { z } from 'zod'

/** Asked about a long list: what stands behind a place of it, which is the cursor that a page gave. */
export const outlineInputFields = {
  cursor: z.string().max(200),
  every: z.int().min(10).max(1000),
}

/** So that a window can draw the whole length of a list, and go to any part of it by cursor. */
export const outlineSchema = z.object({
  rows: z.int(),
  /** One behind every so many rows; the last may have nothing behind it. */
  cursors: z.array(z.string()),
})
export type Outline = z.infer<typeof outlineSchema>
