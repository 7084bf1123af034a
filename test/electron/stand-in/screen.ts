import { EventEmitter } from 'node:events'
import { app } from './app.ts'

const DESK = { id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 }, workAreaSize: { width: 1366, height: 768 } }
const SECOND = { ...DESK, id: 2, bounds: { x: 1366, y: 0, width: 1366, height: 768 } }

/** The desk's screen, and a second one that a test plugs in and out with SIGUSR2. */
class Screen extends EventEmitter {
  #hasSecond = process.env.STAND_IN_SCREENS === '2'

  constructor() {
    super()
    process.on('SIGUSR2', () => {
      this.#hasSecond = !this.#hasSecond
      this.emit(this.#hasSecond ? 'display-added' : 'display-removed', {}, SECOND)
    })
  }

  getPrimaryDisplay() {
    app.mustBeReady('screen')
    return DESK
  }

  getAllDisplays() {
    app.mustBeReady('screen')
    return this.#hasSecond ? [DESK, SECOND] : [DESK]
  }
}

export const screen = new Screen()
