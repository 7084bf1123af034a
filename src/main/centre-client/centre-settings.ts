import type { Settings } from '#shared/contract/settings.ts'

/** What the client needs of `settings.centre`. */
export type CentreSettings = Pick<
  Settings['centre'],
  'appId' | 'orgCodg' | 'paths' | 'queryTimeoutMs' | 'writeTimeoutMs'
>
