import { useEffect, useState } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { DisplayView } from '#shared/contract/display.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { Watermark } from '../ui/watermark.tsx'
import { DISPLAY_PAGE_WORDS, NOT_REAL_WORDS } from '../ui/words/display.ts'
import type { DisplayState } from './display-store.ts'
import { Payment } from './payment.tsx'

/** The patient's display. There is nothing to press; it follows the desk, and hides what may be old. */
export function DisplayPage({ display }: { display: StoreApi<DisplayState> }) {
  const { view, link, offsetMs } = useStore(display)
  const nowMs = useNow(offsetMs)
  if (view === null || link !== 'open') return <Apart link={link} view={view} />
  const notReal = NOT_REAL_WORDS[view.environment]
  return (
    <div className="display" data-theme={view.theme} data-kind={view.content.kind} data-testid="display">
      <header>
        <strong>{view.orgName}</strong>
        <span>{view.deskName}</span>
        <time>{formatDateTime(nowMs).slice(0, 16)}</time>
      </header>
      {notReal !== null && (
        <p className="not-real" data-testid="not-real">
          {notReal}
        </p>
      )}
      {view.content.kind === 'idle' ? <Idle nowMs={nowMs} /> : <Payment payment={view.content} nowMs={nowMs} />}
      <Watermark environment={view.environment} />
    </div>
  )
}

function Idle({ nowMs }: { nowMs: number }) {
  return (
    <main className="idle" data-testid="display-idle">
      <time className="clock">{formatDateTime(nowMs).slice(11, 16)}</time>
      <h1>{DISPLAY_PAGE_WORDS.idle}</h1>
      <p className="idle-next">{DISPLAY_PAGE_WORDS.idleNext}</p>
    </main>
  )
}

/** Not yet, or no longer, in touch with the desk. */
function Apart({ link, view }: { link: DisplayState['link']; view: DisplayView | null }) {
  const isStarting = link === 'connecting' || (link === 'open' && view === null)
  return (
    <div className="display" data-theme={view?.theme ?? 'system'} data-kind={link} data-testid="display">
      <main className="idle" role="status">
        <h1>{isStarting ? DISPLAY_PAGE_WORDS.loading : DISPLAY_PAGE_WORDS.lost}</h1>
        {!isStarting && (
          <p className="idle-next">{link === 'unusable' ? DISPLAY_PAGE_WORDS.unusable : DISPLAY_PAGE_WORDS.lostNext}</p>
        )}
      </main>
    </div>
  )
}

function useNow(offsetMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return nowMs + offsetMs
}
