/** The centre's interfaces that the table tries: one read and every write. */
export const CALLS = ['query', 'upload', 'revoke', 'refund', 'notice'] as const
export type Call = (typeof CALLS)[number]

/**
 * How a call may end (money-safety.md, rule 2). `notSent` and `refused` are both "failed", told apart because the first
 * may be tried again at once. For a read `notSent` and `unknown` are one: the order stays as it is.
 */
export type Ending = 'succeeded' | 'refused' | 'notSent' | 'unknown'
