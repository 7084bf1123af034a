import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { bind } from '../../lib/key-registry.ts'
import { endTour, tourStore } from '../../lib/tour-store.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import type { CounterStep } from '../../ui/words/counter.ts'
import { TOUR_PAGE_WORDS, TOUR_STOPS, TOUR_WORDS, type TourStop } from '../../ui/words/tour.ts'
import styles from './counter-tour.module.css'
import { STOP_TARGETS, tourStop } from './tour-stop.ts'

/** The tour, where somebody wants it. It goes along with a real payment and takes neither focus nor any key but Esc. */
export function CounterTour({ step }: { step: CounterStep }) {
  const isOpen = useStore(tourStore, (state) => state.isOpen)
  return isOpen ? <Tour step={step} /> : null
}

function Tour({ step }: { step: CounterStep }) {
  const hasSettled = useRef(false)
  if (step === 'settled') hasSettled.current = true
  useKeymap({ back: bind(TOUR_PAGE_WORDS.skip, endTour) }, { rank: 'question' })
  const stop = tourStop(step, hasSettled.current)
  return stop === null ? null : <Stop key={stop} stop={stop} />
}

function Stop({ stop }: { stop: TourStop }) {
  const target = useTarget(STOP_TARGETS[stop])
  const { title, words } = TOUR_WORDS[stop]
  if (target === null) return null
  return (
    <>
      <div className={styles.ring} style={ringStyle(target)} />
      <aside
        className={styles.bubble}
        style={bubbleStyle(target)}
        aria-label={TOUR_PAGE_WORDS.name}
        data-testid="tour"
        data-stop={stop}
      >
        <div role="status">
          <h3>
            {TOUR_STOPS.indexOf(stop) + 1}/{TOUR_STOPS.length} {title}
          </h3>
          <p>{words}</p>
        </div>
        <Button size="small" data-testid="tour-end" onClick={endTour}>
          {TOUR_PAGE_WORDS.skip} <KeyHint action="back" />
        </Button>
      </aside>
    </>
  )
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where the first of these elements is now. It is looked at in every frame: what stands around it changes its place. */
function useTarget(testIds: readonly string[]): Box | null {
  const [box, setBox] = useState<Box | null>(null)
  useEffect(() => {
    let frame = 0
    const look = () => {
      setBox((known) => sameOr(known, boxOf(testIds)))
      frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [testIds])
  return box
}

function boxOf(testIds: readonly string[]): Box | null {
  for (const testId of testIds) {
    const element = document.querySelector(`[data-testid="${testId}"]`)
    if (element === null) continue
    const { left, top, width, bottom } = element.getBoundingClientRect()
    // A long list goes on below the window; its ring must be whole.
    return { left, top, width, height: Math.min(bottom, window.innerHeight - GAP) - top }
  }
  return null
}

function sameOr(known: Box | null, found: Box | null): Box | null {
  return JSON.stringify(known) === JSON.stringify(found) ? known : found
}

const GAP = 12
const BUBBLE_WIDTH = 300

function ringStyle({ left, top, width, height }: Box) {
  return { left: left - 4, top: top - 4, width: width + 8, height: height + 8 }
}

/**
 * Beside what it points at, on the side where there is more room, and never over it. In the lower half it grows upwards:
 * the lines that say what comes next stand below everything.
 */
function bubbleStyle({ left, top, width, height }: Box) {
  const isRight = left + width / 2 > window.innerWidth / 2
  const at = isRight ? left - GAP - BUBBLE_WIDTH : left + width + GAP
  const isLow = top > window.innerHeight / 2
  const edge = isLow ? { bottom: window.innerHeight - top - height } : { top: Math.max(GAP, top) }
  return { left: Math.max(GAP, at), width: BUBBLE_WIDTH, ...edge }
}
