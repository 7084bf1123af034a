import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorsDoc } from './lib/errors-doc.ts'
import { ROOT } from './lib/project.ts'

// `npm run docs:errors`: what every code and state means, for cashiers and IT, from the window's own words.
writeFileSync(join(ROOT, 'docs', 'errors.zh-CN.md'), errorsDoc())
