import { buildIfStale } from './lib/build.ts'

process.exit((await buildIfStale()) ? 0 : 1)
