/** What `npm run headless` runs, once built. */
export const DESK_ENTRY = 'out/main/headless.js'

/**
 * V8 lets the young generation grow to 128 MB, whatever the machine has, and hardly gives it back while there is work:
 * more than half of what the desk took after an hour. In MB of one of its two halves. It has no effect once V8 runs, so
 * every start of the main process has to name it; package.json's `headless` does too.
 */
export const DESK_FLAGS: readonly string[] = ['--max-semi-space-size=4']
