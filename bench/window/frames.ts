import type { Page } from 'playwright-core'
import { median, quantile } from '../lib/statistics.ts'

/** What one run of frames showed. */
export interface FrameRun {
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[]
  /** Of the rows that were drawn in all frames, how many were still to be fetched, in percent. */
  readonly emptyPercent: number
}

interface ScrollPlan {
  /** Selector of the element that is scrolled. */
  readonly box: string
  readonly frames: number
  /** Pixels of each frame; or, below 1, that part of the whole height, as somebody drags the scroll bar. */
  readonly step: number
}

/** Scrolls by so much each frame and takes the time of each. Runs in the page. */
export function scrollFrames(page: Page, plan: ScrollPlan): Promise<FrameRun> {
  return page.evaluate(async ({ box, frames, step }) => {
    const element = document.querySelector(box)
    if (element === null) throw new Error(`no ${box}`)
    const times: number[] = []
    let rows = 0
    let empty = 0
    let last = await new Promise<number>(requestAnimationFrame)
    for (let frame = 0; frame < frames; frame += 1) {
      element.scrollTop += step < 1 ? step * element.scrollHeight : step
      const now = await new Promise<number>(requestAnimationFrame)
      times.push(now - last)
      last = now
      rows += element.querySelectorAll('[role="option"]').length
      empty += element.querySelectorAll('[role="option"][aria-busy="true"]').length
    }
    return { frames: times, emptyPercent: rows === 0 ? 0 : (100 * empty) / rows }
  }, plan)
}

/** Takes the time of each frame while nothing is done here. */
export async function watchFrames(page: Page, forMs: number): Promise<readonly number[]> {
  return page.evaluate(async (wantedMs) => {
    const times: number[] = []
    const startedAt = await new Promise<number>(requestAnimationFrame)
    for (let last = startedAt; last - startedAt < wantedMs; ) {
      const now = await new Promise<number>(requestAnimationFrame)
      times.push(now - last)
      last = now
    }
    return times
  }, forMs)
}

export function meanOf(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length
}

export function summary(frames: readonly number[]): string {
  const [mid, high, most] = [median(frames), quantile(frames, 0.95), Math.max(...frames)]
  return `${frames.length} frames, median ${mid.toFixed(1)} ms, p95 ${high.toFixed(1)} ms, longest ${most.toFixed(1)} ms`
}

/** A list of as many rows with nothing in them, as plain as one can be: what scrolling costs without us. */
export async function openBareList(page: Page): Promise<string> {
  await page.setContent(`<style>
      body { margin: 0 } #box { position: relative; height: 560px; width: 500px; overflow: auto }
      #rows { position: absolute; inset: 0 0 auto } #rows div { height: 53px; box-sizing: border-box; border-bottom: 1px solid #ccc }
    </style><div id="box"><div style="height: 8000000px"></div><div id="rows"></div></div>`)
  await page.evaluate(() => {
    const [box, rows] = [document.querySelector('#box'), document.querySelector<HTMLElement>('#rows')]
    if (box === null || rows === null) throw new Error('the bare list is not there')
    rows.innerHTML = '<div></div>'.repeat(12)
    box.addEventListener('scroll', () => {
      rows.style.transform = `translateY(${Math.floor(box.scrollTop / 53) * 53}px)`
    })
  })
  return '#box'
}
