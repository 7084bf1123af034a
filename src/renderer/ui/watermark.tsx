import type { Environment } from '#shared/contract/settings.ts'
import styles from './watermark.module.css'

/** Lies across whatever shows money that is not real, so that no picture or print of it passes for a payment. */
export function Watermark({ environment }: { environment: Environment }) {
  if (environment === 'production') return null
  return <div className={styles.watermark} aria-hidden="true" data-testid="watermark" data-environment={environment} />
}
