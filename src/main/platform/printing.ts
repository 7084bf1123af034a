import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WebContents } from 'electron'
import type { Paper, PrintPort } from '#main/features/receipts/print-port.ts'
import { err, ok } from '#shared/domain/result.ts'

/** Microns. A roll has no height: a receipt is cut after what is printed, this is only how much may be. */
const PAGE_MICRONS: Readonly<Record<Paper, { width: number; height: number }>> = {
  '80mm': { width: 80_000, height: 297_000 },
  A5: { width: 148_000, height: 210_000 },
}
const MICRONS_PER_INCH = 25_400

/** Prints what the window shows under its style sheet for paper, without asking where a printer is named. */
export function windowPrinter(contents: () => WebContents | undefined): PrintPort {
  return {
    async print({ paper, printer }) {
      const page = contents()
      if (page === undefined) return err({ words: '窗口没有打开' })
      const { promise, resolve } = Promise.withResolvers<string | undefined>()
      page.print(
        {
          silent: printer !== '',
          ...(printer === '' ? {} : { deviceName: printer }),
          pageSize: PAGE_MICRONS[paper],
          printBackground: false,
          margins: { marginType: 'none' },
        },
        (success, reason) => resolve(success ? undefined : reason),
      )
      const problem = await promise
      return problem === undefined
        ? ok(undefined)
        : err({ words: printer === '' ? '没有打印' : `打印机「${printer}」没有打印` })
    },

    async pdf({ paper, folder, name }) {
      const page = contents()
      if (page === undefined) return err({ words: '窗口没有打开' })
      const { width, height } = PAGE_MICRONS[paper]
      const bytes = await page.printToPDF({
        pageSize: { width: width / MICRONS_PER_INCH, height: height / MICRONS_PER_INCH },
        preferCSSPageSize: true,
        margins: { top: 0, bottom: 0, left: 0, right: 0 },
      })
      const file = join(folder, `${name}.pdf`)
      await mkdir(folder, { recursive: true })
      await writeFile(file, bytes)
      return ok(file)
    },
  }
}
