import { ok } from '#shared/domain/result.ts'
import { type Clock, dayOf, parseWireTime, startOfDayMs } from '#shared/domain/time.ts'
import type { HisCharge, HisMemory, HisSource } from './his-source.ts'
import { readKeptCharge } from './read-charge.ts'
import { feeDetailData, type SimulatedCharge, type SimulatedPatient } from './simulator-charge.ts'
import { SIMULATED_PATIENTS } from './simulator-patients.ts'

const MINUTE_MS = 60_000
/** All visits lie before noon. */
const MORNING_MINUTES = 12 * 60

const ORDER_NUMBER = /^MZ(\d{8})(\d{6})$/

/**
 * The embedded default: a hospital whose invented patients wait again every day. An order number is `MZ`, the day and a
 * serial, so a day's charges are always the same, and another day's are others. What was paid waits no longer, but can
 * still be found by its number.
 */
export function createSimulatorSource(
  orgCodg: string,
  clock: Clock,
  memory: Pick<HisMemory, 'resultTaken'>,
): HisSource {
  const hospital = new SimulatedHospital(orgCodg, clock)
  const waits = ({ detail }: HisCharge) => !memory.resultTaken(detail.medOrgOrd)
  return {
    listsAll: true,
    pendingCharges: async ({ idNo }) => ok(hospital.today(idNo).filter(waits)),
    charge: async (medOrgOrd) => ok(hospital.find(medOrgOrd)),
    // Taking it is all: the outbox remembers what was taken.
    writeResult: async () => ok(undefined),
    close: () => undefined,
  }
}

class SimulatedHospital {
  readonly #orgCodg: string
  readonly #clock: Clock
  readonly #morningMs = new Map<string, number>()

  constructor(orgCodg: string, clock: Clock) {
    this.#orgCodg = orgCodg
    this.#clock = clock
  }

  today(idNo: string | undefined): readonly HisCharge[] {
    const day = dayOf(this.#clock.now())
    const wanted = idNo?.trim().toUpperCase()
    return SIMULATED_PATIENTS.filter((patient) => wanted === undefined || patient.idNo === wanted).flatMap((patient) =>
      patient.charges.map((charge) => this.#build(patient, charge, day)),
    )
  }

  /** Also a charge of an earlier day: the centre may still ask for one that was uploaded before midnight. */
  find(medOrgOrd: string): HisCharge | undefined {
    const [, compactDay = '', serial] = ORDER_NUMBER.exec(medOrgOrd) ?? []
    const dayStartMs = parseWireTime(compactDay)
    if (dayStartMs === undefined || dayStartMs > this.#clock.now()) return undefined
    for (const patient of SIMULATED_PATIENTS) {
      const charge = patient.charges.find((one) => one.serial === serial)
      if (charge !== undefined) return this.#build(patient, charge, dayOf(dayStartMs))
    }
    return undefined
  }

  #build(patient: SimulatedPatient, charge: SimulatedCharge, day: string): HisCharge {
    const scale = this.#morningOf(day) / MORNING_MINUTES
    const data = feeDetailData(patient, charge, {
      orgCodg: this.#orgCodg,
      medOrgOrd: `MZ${day.replaceAll('-', '')}${charge.serial}`,
      atMs: (minute) => startOfDayMs(day) + Math.floor(minute * scale),
    })
    return readKeptCharge(JSON.stringify(data))
  }

  /**
   * How long the day's morning has lasted, in ms. Asked before noon, the visits move together so that none lies in the
   * future; the first answer of a day stands, so that a charge does not change while it is being paid.
   */
  #morningOf(day: string): number {
    const known = this.#morningMs.get(day)
    if (known !== undefined) return known
    const morningMs = Math.min(this.#clock.now() - startOfDayMs(day), MORNING_MINUTES * MINUTE_MS)
    this.#morningMs.set(day, morningMs)
    return morningMs
  }
}
