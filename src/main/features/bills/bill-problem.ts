/**
 * Why a bill cannot be read as a whole. Thrown inside the reader, because streams can only fail so, and turned into a
 * value at its edge (`readBill`); nothing outside this folder meets it.
 */
export class BillProblem extends Error {
  readonly code: 'BILL_UNREADABLE' | 'BILL_TOO_LARGE'
  /** zh-CN; never holds a value of the file. */
  readonly words: string
  /** Headers of what may be the table: the file's own structure, for IT to enter into the settings. */
  readonly headers: readonly string[]

  constructor(code: BillProblem['code'], words: string, headers: readonly string[] = []) {
    super(words)
    this.code = code
    this.words = words
    this.headers = headers
  }
}
