import type { Settings } from '#shared/contract/settings.ts'
import type { Result } from '#shared/domain/result.ts'

export type Paper = Settings['printing']['paper']

/** A host that can print the page that its window shows. The words of a failure are for the cashier. */
export interface PrintPort {
  /** @param printer its name as the system knows it; empty: the system asks. */
  print(job: { readonly paper: Paper; readonly printer: string }): Promise<Result<void, { readonly words: string }>>
  /** @returns where the file was written. @param name its name without ending. */
  pdf(job: {
    readonly paper: Paper
    readonly folder: string
    readonly name: string
  }): Promise<Result<string, { readonly words: string }>>
}
