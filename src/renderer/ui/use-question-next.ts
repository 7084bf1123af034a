import { useReupload } from '../lib/reupload-store.ts'
import { FEE_CHANGED_WORDS, REVOKE_NEXT } from './words/counter.ts'
import type { NextStep } from './words/words.ts'

/** A question that is open goes before whatever would be next: revoking, or revoking and uploading anew. `null`: none is. */
export function useQuestionNext(
  medOrgOrd: string | null,
  askingRevoke: boolean,
): (NextStep & { readonly patient?: string }) | null {
  const isReuploading = useReupload((state) => state.medOrgOrd !== null && state.medOrgOrd === medOrgOrd)
  const isScanned = useReupload((state) => state.token !== null)
  if (askingRevoke) return REVOKE_NEXT
  if (!isReuploading) return null
  return isScanned
    ? { key: 'confirm', words: FEE_CHANGED_WORDS.action }
    : { patient: FEE_CHANGED_WORDS.patient, key: null, words: FEE_CHANGED_WORDS.scan }
}
