import { SHAPES_1 } from './dictionary-1.ts'
import type { FoldForm } from './fold-text.ts'
import { COLUMNS_1, COLUMNS_2 } from './folded-tables.ts'

/** A result for the hospital's system without the details of its callback, `extData` and `uploadInfo`. */
const RESULT_2 = [
  ...['"resultType"', '"resultId"', '"appId"', '"orgCodg"', '"medOrgOrd"', '"payOrdId"', '"ordStas"', '"setlType"'],
  ...['"feeSumamt"', '"fundPay"', '"psnAcctPay"', '"ownpayAmt"', '"outOfMIFee"', '"prePaidDeduction"'],
  ...['"hiChrgTime"', '"hiDocSn"', '"hiRgstSn"', '{"legs"'],
]

/** The text of each version of blocks. Frozen like migrations: there are blocks of every version in the hospitals. */
export const FOLD_FORMS: ReadonlyMap<number, FoldForm> = new Map([
  [1, { columns: COLUMNS_1, shapes: SHAPES_1 }],
  [2, { columns: COLUMNS_2, shapes: [...SHAPES_1, RESULT_2] }],
])

/** What is written. */
export const VERSION = 2
