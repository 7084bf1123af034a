import { z } from 'zod'
import { SETUP_STEPS, type SetupProgress } from './setup-steps.ts'

const KEY = 'cashier.setup'
const progressSchema = z.object({
  step: z.int().min(0).max(SETUP_STEPS.length),
  values: z.record(z.string(), z.unknown()),
})

/** What set-up left behind in this window's own memory; nothing in it is secret, and nothing of it is in force. */
export function rememberedSetup(): SetupProgress | null {
  try {
    return progressSchema.parse(JSON.parse(window.localStorage.getItem(KEY) ?? ''))
  } catch {
    // Never begun, or written by another version: set-up begins at its beginning.
    return null
  }
}

export function rememberSetup(progress: SetupProgress): void {
  window.localStorage.setItem(KEY, JSON.stringify(progress))
}

export function forgetSetup(): void {
  window.localStorage.removeItem(KEY)
}
