import type { CentreProbe } from '#main/centre-client/centre-client.ts'
import type { HisAnswer } from '#main/his/his-source.ts'
import type { Transport } from '#main/http/transport.ts'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { Settings, SettingsTest, TestPart } from '#shared/contract/settings.ts'
import { ok } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { testCentre } from './test-centre.ts'
import { testHis } from './test-his.ts'
import { testIdentity } from './test-identity.ts'
import { type TestedListener, testListener } from './test-listener.ts'

/** What the test buttons use; each is the very thing that the desk works with. */
export interface SettingsTestParts {
  readonly settings: Settings
  readonly clock: Clock
  /** Where the centre is; in the simulated environment not the one of the settings. */
  readonly centreUrl: string
  /** Asks the decoder of scanned codes with a code that is nobody's. */
  readonly testDecoder: () => Promise<SettingsTest>
  readonly probeCentre: () => Promise<CentreProbe>
  /** Lends the listener for one test. */
  readonly withListener: (use: (listener: TestedListener) => Promise<SettingsTest>) => Promise<SettingsTest>
  /** HTTP to an address of our own. */
  readonly connect: (baseUrl: string) => Transport
  /** How many charges wait; whose they are is not asked. */
  readonly pendingCount: () => Promise<HisAnswer<number>>
  /** False where the hospital's system lists charges of one person only. */
  readonly listsAll: boolean
}

/**
 * The test buttons of the settings: they try the settings in force, or such as are not saved yet, move no money and
 * change nothing.
 */
export function settingsTestHandlers(
  inForce: SettingsTestParts,
  partsOf: (candidate: Settings) => SettingsTestParts,
): Pick<Handlers, 'settings.test'> {
  return {
    'settings.test': async ({ part, settings }) =>
      ok(await TESTS[part](settings === undefined ? inForce : partsOf(settings))),
  }
}

const TESTS: Readonly<Record<TestPart, (parts: SettingsTestParts) => SettingsTest | Promise<SettingsTest>>> = {
  centre: testCentre,
  listener: testListener,
  his: testHis,
  identity: ({ settings }) => testIdentity(settings.centre),
  scanner: ({ testDecoder }) => testDecoder(),
}
