import type { Settings } from '#shared/contract/settings.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { HisSource } from './his-source.ts'
import { createSimulatorSource } from './simulator-source.ts'

/** The source that the settings name. Never throws: a source that cannot work says so with every answer. */
export function createHisSource(settings: Pick<Settings, 'his' | 'centre'>, clock: Clock): HisSource {
  const { source } = settings.his
  return source === 'simulator' ? createSimulatorSource(settings.centre.orgCodg, clock) : missingSource(source)
}

/** For the sources that a later version brings: the app starts, and the desk says what is missing. */
function missingSource(source: 'folder' | 'http'): HisSource {
  const answer = async () => err(failure('HIS_UNREACHABLE', `his.source=${source} 尚未提供，请在设置中改用 simulator`))
  return { pendingCharges: answer, charge: answer, close: () => undefined }
}
