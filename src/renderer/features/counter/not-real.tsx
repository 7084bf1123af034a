import { useApp } from '../../lib/feature-store.tsx'
import { Watermark } from '../../ui/watermark.tsx'

/** Over every part of the counter that shows money: training and tests must not be taken for the real thing. */
export function NotReal() {
  const environment = useApp((state) => state.session?.environment)
  return environment === undefined ? null : <Watermark environment={environment} />
}
