import type { RpcClient } from './rpc-client.ts'

/** What came of it: a window of the host, a page beside this one, neither because it is switched off, or no answer. */
export type OpenedDisplay = 'window' | 'page' | 'off' | 'failed'

/** A window without the browser's own bars, to be drawn onto the patient's screen. */
const PAGE_FEATURES = 'noopener,popup,width=1024,height=600'

/**
 * Opens the patient's display. The page gets a key of its own in its address; `noopener` keeps this tab's storage, where
 * the desk's key is, from being copied into it.
 */
export async function openDisplay(client: RpcClient): Promise<OpenedDisplay> {
  const answer = await client.call('display.open', {})
  if (!answer.ok) return 'failed'
  if (answer.value.by === 'page') window.open(answer.value.address, '_blank', PAGE_FEATURES)
  return answer.value.by
}
