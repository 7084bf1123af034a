import { nameInitials } from '#main/store/name-initials.ts'
import { readUploadFeesReply, readUploadFeesRequest, writeUploadFeesRequest } from '#shared/centre/upload-fees.ts'
import type { Timers } from '#shared/domain/time.ts'

/** Behind the window's first questions, and before anybody can have chosen a patient and scanned a code. */
const WARM_UP_AFTER_MS = 1_000

/**
 * The first payment after a start is a patient's too. What it would be the first to run, and is slow the first time, is
 * run before it: the dictionary behind pinyin initials (12 ms of the 35 that a first upload took) and the schemas of 1.6.
 * Writes nothing and sends nothing. @returns what calls it off.
 */
export function warmUpSoon(timers: Timers): () => void {
  return timers.after(WARM_UP_AFTER_MS, () => {
    nameInitials('预备')
    readUploadFeesRequest(
      writeUploadFeesRequest({ appId: 'warm', medOrgOrd: 'warm', ecToken: 'warm', payAuthNo: undefined }),
    )
    readUploadFeesReply('{"code":0,"message":"warm","data":null}')
  })
}
