import type { HisParts } from '#main/his/create-his-source.ts'
import type { FolderChargeRecord, FolderCharges } from '#main/his/his-source.ts'
import { createTransport } from '#main/http/transport.ts'
import { systemClock } from '#shared/domain/time.ts'

/** What a source needs, with a memory that begins empty and no order sent. */
export function hisParts(parts: Partial<HisParts> = {}): HisParts {
  return {
    clock: systemClock,
    connect: createTransport,
    memory: { orderState: () => 'created', resultTaken: () => false, folderCharges: folderChargesInMemory() },
    onTrouble: () => undefined,
    report: (error) => {
      throw error
    },
    ...parts,
  }
}

export function folderChargesInMemory(): FolderCharges {
  const charges = new Map<string, FolderChargeRecord>()
  return {
    find: (medOrgOrd) => charges.get(medOrgOrd),
    pending: (idNo) =>
      [...charges.values()].filter(({ state, ...one }) => state === 'pending' && (idNo ?? one.idNo) === one.idNo),
    save: (charge) => void charges.set(charge.medOrgOrd, charge),
    setState: (medOrgOrd, state) => {
      const charge = charges.get(medOrgOrd)
      if (charge !== undefined) charges.set(medOrgOrd, { ...charge, state })
    },
  }
}
