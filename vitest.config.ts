import { defineConfig } from 'vitest/config'

/**
 * Four projects, from fast to slow. `unit` stands beside the code; the others cross folders and live in test/.
 * Forks, not threads: better-sqlite3 is a native module and several suites start processes of their own. One project
 * after the other: a scanner's keys must not wait for a processor that a unit test is using.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['src/**/*.test.ts'],
          pool: 'forks',
          // What hangs is found; a slow disk is no failure. Some of them write files that are synced.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: ['test/integration/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'electron',
          sequence: { groupOrder: 2 },
          include: ['test/electron/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/support/built-window.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
