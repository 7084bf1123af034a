import { Button } from 'antd'
import { useState } from 'react'
import { useClient } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { useBoundKeys, useKeymap } from '../../lib/use-keymap.ts'
import { FailureLine } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { REBUILD_WORDS } from '../../ui/words/orders.ts'
import { useOrders } from './use-orders.ts'

/** A whole number of an order, the hospital's or the centre's: nothing that a person types to search by less. */
const WHOLE_NUMBER = /^(?=(?:.*\d){6})[\x21-\x7e]{10,64}$/

/** Nothing was found here under a whole number: the centre may know it, from another desk or before the data was lost. */
export function RebuildOffer() {
  const text = useOrders((state) => state.filter.text.trim())
  return WHOLE_NUMBER.test(text) ? <Offer key={text} number={text} /> : null
}

function Offer({ number }: { number: string }) {
  const client = useClient()
  const choose = useOrders((state) => state.choose)
  const load = useOrders((state) => state.load)
  const [intent] = useState(() => createRequestIntent())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ShownFailure | null>(null)
  const rebuild = async () => {
    setBusy(true)
    setFailure(null)
    const answer = await client.call('orders.rebuild', { requestId: intent.idFor(number), number })
    setBusy(false)
    if (answer.ok || answer.error.code !== 'DISCONNECTED') intent.settle()
    if (!answer.ok) return setFailure(answer.error)
    await choose(answer.value.medOrgOrd)
    await load()
  }
  const { action, notHere } = REBUILD_WORDS
  // Below everything else: what an open order asks F10 for goes first, and the key is then not shown here.
  useKeymap({ confirm: bind(action, () => void rebuild(), busy ? KEY_OFF_WORDS.busy : null) }, { rank: 'list' })
  const hasKey = useBoundKeys().some((key) => key.action === 'confirm' && key.words === action)
  return (
    <>
      <p>{notHere}</p>
      <Button type="primary" loading={busy} data-testid="rebuild" onClick={() => void rebuild()}>
        {action} {hasKey && <KeyHint action="confirm" />}
      </Button>
      {failure !== null && <FailureLine failure={failure} />}
    </>
  )
}
