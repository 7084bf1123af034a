import type { ListenerCounts, ListenerState } from '#main/callback-listener/callback-listener.ts'
import type { CentreProbe } from '#main/centre-client/centre-client.ts'
import type { HisAnswer, HisCharge } from '#main/his/his-source.ts'
import type { Transport } from '#main/http/transport.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Settings, SettingsTest, TestPart } from '#shared/contract/settings.ts'
import { ok } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { testCentre } from './test-centre.ts'
import { testHis } from './test-his.ts'
import { testIdentity } from './test-identity.ts'
import { testListener } from './test-listener.ts'

/** What the test buttons use; each is the very thing that the desk works with. */
export interface SettingsTestParts {
  readonly settings: Settings
  readonly clock: Clock
  /** Where the centre is; in the simulated environment not the one of the settings. */
  readonly centreUrl: string
  /** Asks the decoder of scanned codes with a code that is nobody's. */
  readonly testDecoder: () => Promise<SettingsTest>
  readonly probeCentre: () => Promise<CentreProbe>
  readonly listener: () => { readonly status: ListenerState; counts(): ListenerCounts }
  /** HTTP to an address of our own. */
  readonly connect: (baseUrl: string) => Transport
  readonly pendingCharges: () => Promise<HisAnswer<readonly HisCharge[]>>
  /** False where the hospital's system lists charges of one person only. */
  readonly listsAll: boolean
}

/** The test buttons of the settings: they try the settings in force, move no money and change nothing. */
export function settingsTestHandlers(parts: SettingsTestParts): Pick<Handlers, 'settings.test'> {
  const tests: Readonly<Record<TestPart, () => SettingsTest | Promise<SettingsTest>>> = {
    centre: () => testCentre(parts),
    listener: () => testListener(parts),
    his: () => testHis(parts),
    identity: () => testIdentity(parts.settings.centre),
    scanner: () => parts.testDecoder(),
  }
  return { 'settings.test': async ({ part }) => ok(await tests[part]()) }
}
