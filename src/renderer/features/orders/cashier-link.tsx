import { Button, Input } from 'antd'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { useClient } from '../../lib/feature-store.tsx'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { FailureLine } from '../../ui/error-state.tsx'
import styles from './order-detail.module.css'

/** The page where the patient pays (interface 1.2), as a link and a code: for a message or a screen elsewhere. */
export function CashierLink({ order }: { order: Order }) {
  const client = useClient()
  const [openId, setOpenId] = useState('')
  const [url, setUrl] = useState<string | null>(null)
  const [failure, setFailure] = useState<ShownFailure | null>(null)
  const make = async () => {
    const { medOrgOrd } = order
    const answer = await client.call('counter.cashierLink', {
      medOrgOrd,
      ...(openId.trim() === '' ? {} : { openId: openId.trim() }),
    })
    setUrl(answer.ok ? answer.value.url : null)
    setFailure(answer.ok ? null : answer.error)
  }
  return (
    <details className={styles.more} data-testid="cashier-link">
      <summary>患者端收银台链接</summary>
      <div className={styles.linkForm}>
        <Input
          value={openId}
          maxLength={128}
          placeholder="openId（支付宝小程序可不填）"
          aria-label="openId"
          data-testid="cashier-link-open-id"
          onChange={(event) => {
            setOpenId(event.target.value)
            setUrl(null)
          }}
        />
        <Button data-testid="cashier-link-make" onClick={() => void make()}>
          生成链接
        </Button>
      </div>
      {failure !== null && <FailureLine failure={failure} />}
      {url !== null && <Link url={url} />}
    </details>
  )
}

function Link({ url }: { url: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () => {
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      // Electron grants the page no permission, and a browser may refuse: the link stands there to be marked.
      () => setCopied(false),
    )
  }
  return (
    <div className={styles.link}>
      <div className={styles.paper}>
        <QRCodeSVG value={url} size={132} level="M" marginSize={2} title="患者端收银台" />
      </div>
      <div>
        <code data-testid="cashier-link-url">{url}</code>
        <Button size="small" data-testid="cashier-link-copy" onClick={copy}>
          复制
        </Button>
        {copied !== null && (
          <span className={styles.soft}> {copied ? '已复制' : '不能自动复制，请选中上面的链接按 Ctrl+C'}</span>
        )}
      </div>
    </div>
  )
}
