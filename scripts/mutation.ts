import { ended, endTogether, spawnNode } from './lib/project.ts'

/**
 * `npm run test:mutation [-- GROUP … [--static]]`: breaks the code in small ways (Stryker) and counts how many of the
 * breaks the unit tests beside it notice. A group at a time, each with its own tests only, so that a run stays short;
 * ends with 0 when every group reaches the threshold of `stryker.config.json`. `--static` also breaks what runs while a
 * file is loaded (tables, schemas), which takes six times as long. No part of `npm test`.
 */
interface Group {
  readonly mutate: readonly string[]
  /** Patterns of the tests that have to notice. */
  readonly tests: readonly string[]
}

const GROUPS: Readonly<Record<string, Group>> = {
  domain: {
    mutate: [
      'order-proof',
      'order-status',
      'order-view',
      'refund-step',
      'query-ladder',
      'settlement',
      'money',
      'decision',
    ].map((name) => `src/shared/domain/${name}.ts`),
    tests: ['src/shared/domain/*.test.ts'],
  },
  resolver: {
    mutate: [
      ...['operation-resolution', 'operation-journal', 'order-evidence', 'order-book', 'order-derivation'].map(
        (name) => `src/main/store/${name}.ts`,
      ),
      'src/main/features/orders/ask-centre.ts',
    ],
    tests: ['src/main/store/o*.test.ts', 'src/main/features/orders/*.test.ts'],
  },
  inbox: {
    mutate: ['settlement-inbox', 'judge-settlement', 'mini-program-inbox'].map(
      (name) => `src/main/features/callbacks/${name}.ts`,
    ),
    tests: ['src/main/features/callbacks/*.test.ts'],
  },
}

const withStatic = process.argv.includes('--static')
const wanted = process.argv.slice(2).filter((word) => word !== '--static')
const unknown = wanted.filter((name) => !Object.hasOwn(GROUPS, name))
if (unknown.length > 0) {
  console.error(`no such group: ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`)
  process.exit(2)
}

let failed = 0
for (const [name, group] of Object.entries(GROUPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\nmutation of ${name}`)
  if (!(await mutate(group))) failed += 1
}
process.exit(failed === 0 ? 0 : 1)

async function mutate({ mutate, tests }: Group): Promise<boolean> {
  const args = ['run', 'stryker.config.json', '--mutate', mutate.join(','), ...(withStatic ? [] : ['--ignoreStatic'])]
  const child = spawnNode('node_modules/@stryker-mutator/core/bin/stryker.js', args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MUTATION_TESTS: tests.join(' ') },
  })
  endTogether(child)
  const { code } = await ended(child)
  return code === 0
}
