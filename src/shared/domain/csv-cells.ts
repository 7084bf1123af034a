/** What a CSV file for Excel begins with: without the mark it takes UTF-8 for something else. */
export const CSV_START = '\uFEFF'

/** @param cells each {@link quoted}. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

/** What a spreadsheet takes for a formula, also behind blanks and in full width. */
const FORMULA_START = /^[\s\u00a0\u3000]*[=+\-@＝＋－＠|%]|^[\t\r\n]/

/**
 * Text from outside as text in Excel. A cell that would be a formula is led by an apostrophe, which makes it text
 * everywhere. Digits that Excel would shorten (1.23E+17) or strip of their zeros are followed by a tab: it cannot be
 * seen, and unlike the form ="…" it is no formula itself, so that nothing a bill holds ever stands inside one.
 */
export function excelText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a cell
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
  if (FORMULA_START.test(plain)) return `'${plain}`
  return looksLikeNumber(plain) ? `${plain}\t` : plain
}

/** Leading zeros, more digits than a spreadsheet keeps, powers of ten, and what it would take for a date. */
function looksLikeNumber(text: string): boolean {
  return /^0\d/.test(text) || /^[\d.,]{11,}$/.test(text) || /^\d+(\.\d+)?e\d+$/i.test(text) || /^\d+[-/]\d+$/.test(text)
}

/** One cell, as every spreadsheet reads it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
