import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempFolder extends Disposable {
  readonly path: string
}

/** For `using`: gone when the block ends. */
export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'medins-cashier-demo-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
