import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errorsDoc } from '#scripts/lib/errors-doc.ts'
import { ROOT } from '#scripts/lib/project.ts'
import { ERROR_CODES } from '#shared/domain/error-codes.ts'

it('docs/errors.zh-CN.md is what the words say now; otherwise: npm run docs:errors', () => {
  expect(readFileSync(join(ROOT, 'docs', 'errors.zh-CN.md'), 'utf8')).toBe(errorsDoc())
})

it('has one heading for every code, so that a code can be linked to', () => {
  const headings = errorsDoc().match(/^#### .+$/gm) ?? []
  for (const code of ERROR_CODES) expect(headings.filter((heading) => heading === `#### ${code}`)).toHaveLength(1)
})
