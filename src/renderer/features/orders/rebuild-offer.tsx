import { Button } from 'antd'
import { useState } from 'react'
import { useClient } from '../../lib/feature-store.tsx'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { FailureLine } from '../../ui/error-state.tsx'
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
  return (
    <>
      <p>本机没有这个订单。</p>
      <Button type="primary" loading={busy} data-testid="rebuild" onClick={() => void rebuild()}>
        向中心查询并补建
      </Button>
      {failure !== null && <FailureLine failure={failure} />}
    </>
  )
}
