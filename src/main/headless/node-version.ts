/**
 * The store's driver crashes the process on older versions instead of failing, so this is asked before it is loaded.
 * Imports nothing, because whatever it imported could be what an old Node cannot read.
 */
const LEAST = { major: 22, minor: 14 }

/** @returns zh-CN and English words when this Node is too old, `undefined` when it will do. */
export function nodeTooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor)) return undefined
  const least = `${LEAST.major}.${LEAST.minor}`
  return `需要 Node ${least} 或更高版本，现在是 ${version}。请用 npm run headless 启动（自带 Node 24）。Node ${least} or later is needed, this is ${version}: start with npm run headless.`
}
