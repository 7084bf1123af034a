import { defineConfig } from 'vitest/config'

/** For `scripts/mutation.ts`, which names the tests that stand beside what it mutates. */
export default defineConfig({
  test: { pool: 'forks', include: (process.env.MUTATION_TESTS ?? 'src/**/*.test.ts').split(' ') },
})
