/**
 * Who may import whom (docs/architecture.md). Each comment says where to go instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const only = (name, target, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: [...allowed, '\\.test\\.tsx?$'] },
  to: { path: target },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one concept or three: move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it is no entry point: delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.test\\.tsx?$',
          '^scripts/',
          '^test/',
          '^bench/',
          '^src/(main/index|main/headless|main/restore|main/worker|main/checkpoint|preload/index|simulator/cli)\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'shared-imports-nothing',
      comment:
        'src/shared runs anywhere: only zod and big.js. Pass what you need as an argument, or put the code into src/main.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/shared/', '^node_modules/(zod|big\\.js|@types/big\\.js)/'] },
    },
    {
      name: 'window-imports-shared-only',
      comment: 'The renderer reaches the main process through the contract (renderer/lib/rpc), never by import.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/', pathNot: ['^src/renderer/', '^src/shared/'] },
    },
    {
      name: 'preload-imports-shared-only',
      comment: 'The preload hands over invoke and onEvent and nothing else.',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '^src/', pathNot: ['^src/preload/', '^src/shared/'] },
    },
    {
      name: 'simulator-imports-shared-only',
      comment: 'The simulator is the far side: it may know the wire (src/shared/centre), never the app.',
      severity: 'error',
      from: { path: '^src/simulator/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/simulator/', '^src/shared/'] },
    },
    {
      name: 'feature-imports-no-feature',
      comment: 'A feature never imports another feature: move what both need to src/main/store or src/shared.',
      severity: 'error',
      from: { path: '^src/main/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/main/features/', pathNot: '^src/main/features/$1/' },
    },
    {
      name: 'feature-imports-store-and-types',
      comment:
        'A feature imports shared, store, and the types of centre-client, decoder and his; app.ts hands it the instances.',
      severity: 'error',
      from: { path: '^src/main/features/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/main/(centre-client|decoder|his|http|callback-listener|rpc|platform|app)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'A migration imports nothing: what it needs is written into it, so that later changes cannot alter it.',
      severity: 'error',
      from: { path: '^src/main/store/migrations/\\d' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-feature-imports-no-feature',
      comment: 'Screens share through renderer/ui and renderer/lib, not through each other.',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'renderer/ui and renderer/lib know nothing of features.',
      severity: 'error',
      from: { path: '^src/renderer/(ui|lib)/' },
      to: { path: '^src/renderer/(features|app)/' },
    },
    only(
      'electron-in-four-places',
      '^node_modules/electron/',
      ['^src/main/index\\.ts$', '^src/main/platform/', '^src/main/rpc/electron-host\\.ts$', '^src/preload/'],
      'Electron stays in main/index.ts, main/platform, rpc/electron-host.ts and the preload: pass a function instead.',
    ),
    only(
      'axios-in-transport',
      '^node_modules/axios/',
      ['^src/main/http/transport\\.ts$'],
      'HTTP to a far side goes through main/http/transport.ts.',
    ),
    only(
      'sqlite-in-open',
      '^node_modules/better-sqlite3',
      ['^src/main/store/(open|desk-lock)\\.ts$'],
      'SQL goes through the repositories of src/main/store; the driver is opened in store/open.ts and desk-lock.ts alone.',
    ),
    only(
      'fastify-in-three-places',
      '^node_modules/(fastify|@fastify)/',
      ['^src/main/callback-listener/', '^src/main/rpc/loopback-host\\.ts$', '^src/simulator/'],
      'Servers are the callback listener, the loopback host and the simulator.',
    ),
    {
      name: 'simulator-in-desk',
      comment: 'The simulated centre is started by the composition root; everything else meets it over HTTP.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/simulator/', '^src/main/desk/', '\\.test\\.ts$'] },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'product-imports-no-test',
      comment: 'Test helpers stay in test/.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'not-to-unlisted',
      comment: 'Add the package to package.json with an exact version.',
      severity: 'error',
      from: {},
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: '^(vite|vite/client|virtual:handbook)$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
