import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Settings } from '#shared/contract/settings.ts'
import type { AppStore } from '../lib/app-store.ts'
import { FeatureProvider } from '../lib/feature-store.tsx'
import { followLastUse } from '../lib/last-used.ts'
import type { RpcClient } from '../lib/rpc-client.ts'
import { ScannerProvider } from '../lib/scanner/scan-context.tsx'
import { USUAL_PROFILE } from '../lib/scanner/scan-profile.ts'
import { applySoundSettings } from '../lib/sound/sound-store.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Layout } from './layout.tsx'
import { antdTheme, applyLook, type Look } from './theme.ts'

const NONCE = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const BUTTON = { autoInsertSpace: false }
const WAVE = { disabled: true }
/** 1920×1080 is read from farther away; larger type also leaves it no deserts. */
const LARGE_SCREEN = '(min-width: 1700px)'

/** Providers and theme. Drawn once the main process has answered, or has failed to. */
export function App({ client, app }: { client: RpcClient; app: AppStore }) {
  const session = useStore(app, (state) => state.session)
  const settings = useStore(app, (state) => state.settings)
  const bootFailure = useStore(app, (state) => state.bootFailure)
  useReloading(app)
  useSound(settings)
  const look = useLook(settings)
  return (
    <ConfigProvider locale={zhCN} theme={antdTheme(look)} csp={{ nonce: NONCE }} button={BUTTON} wave={WAVE}>
      {/* Each environment has a database of its own: what a screen holds of one must not be shown in another. */}
      <FeatureProvider key={session?.environment ?? 'none'} client={client} app={app}>
        <ScannerProvider profile={settings?.scanner ?? USUAL_PROFILE} baudRate={settings?.scanner.baudRate ?? 9600}>
          {session !== null && <Layout session={session} />}
          {session === null && bootFailure !== null && <ErrorState failure={bootFailure} onRetry={() => app.load()} />}
        </ScannerProvider>
      </FeatureProvider>
    </ConfigProvider>
  )
}

/** After the PC slept, the clock and everything else may have moved on. */
function useReloading(app: AppStore): void {
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void app.load()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [app])
}

function useSound(settings: Settings | null): void {
  useEffect(() => followLastUse(), [])
  useEffect(() => {
    if (settings !== null) applySoundSettings(settings.sound)
  }, [settings])
}

function useLook(settings: Settings | null): Look {
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const appearance = settings?.appearance ?? { theme: 'system', scale: 100 }
  const dark = appearance.theme === 'system' ? systemIsDark : appearance.theme === 'dark'
  const environment = settings?.environment ?? 'production'
  const isLarge = useMedia(LARGE_SCREEN)
  const scale = appearance.scale * (isLarge ? 1.125 : 1)
  const look = useMemo<Look>(() => ({ dark, scale, environment }), [dark, scale, environment])
  useLayoutEffect(() => applyLook(document.documentElement, look), [look])
  return look
}

function useMedia(media: string): boolean {
  const [query] = useState(() => window.matchMedia(media))
  const [matches, setMatches] = useState(query.matches)
  useEffect(() => {
    const onChange = () => setMatches(query.matches)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [query])
  return matches
}
