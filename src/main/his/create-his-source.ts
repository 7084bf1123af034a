import type { Transport } from '#main/http/transport.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Clock } from '#shared/domain/time.ts'
import { createFolderSource } from './folder-source.ts'
import type { HisMemory, HisSource, HisTrouble } from './his-source.ts'
import { createHttpSource } from './http-source.ts'
import { createSimulatorSource } from './simulator-source.ts'

export interface HisParts {
  readonly clock: Clock
  readonly memory: HisMemory
  /** A source that watches by itself tells here what is wrong, and when it is right again. */
  readonly onTrouble: (trouble: HisTrouble | undefined) => void
  readonly report: (error: unknown) => void
  /** HTTP to a base URL. */
  readonly connect: (baseUrl: string) => Transport
}

/** The source that the settings name. Never throws: a source that cannot work says so with every answer. */
export function createHisSource({ his, centre }: Pick<Settings, 'his' | 'centre'>, parts: HisParts): HisSource {
  const { orgCodg } = centre
  switch (his.source) {
    case 'simulator':
      return createSimulatorSource(orgCodg, parts.clock, parts.memory)
    case 'folder':
      return createFolderSource({ ...his.folder, ...parts, orgCodg })
    case 'http':
      return createHttpSource({ settings: his.http, orgCodg, transport: parts.connect(his.http.baseUrl) })
  }
}
