import { failure } from '#shared/domain/error-codes.ts'
import { mayRevoke, mayUpload } from '#shared/domain/order-status.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { FolderInbox, type Taking } from './folder-inbox.ts'
import { writeResultFile } from './folder-outbox.ts'
import type { HisAnswer, HisCharge, HisMemory, HisResult, HisSource, HisTrouble } from './his-source.ts'
import { readKeptCharge } from './read-charge.ts'

export interface FolderParts {
  readonly inbox: string
  readonly outbox: string
  readonly orgCodg: string
  readonly clock: Clock
  readonly memory: Pick<HisMemory, 'folderCharges' | 'orderState'>
  /** Told when something is wrong with the folder, and when it is right again. */
  readonly onTrouble: (trouble: HisTrouble | undefined) => void
  readonly report: (error: unknown) => void
  /** Calls `run` again and again. @returns what ends it. Real time unless a test has its own. */
  readonly every?: (ms: number, run: () => void) => () => void
}

/** Shares tell of changes badly or not at all, so the folder is looked at. */
const LOOK_EVERY_MS = 1_000

/**
 * A hospital system that drops one JSON file a charge and gets one a result. What was taken in is remembered in the
 * store: pending until a result is written back, or until the hospital withdraws it.
 */
export function createFolderSource(parts: FolderParts): HisSource {
  return new FolderSource(parts)
}

class FolderSource implements HisSource {
  readonly listsAll = true
  readonly #parts: FolderParts
  readonly #inbox: FolderInbox
  readonly #stop: () => void
  #looking: Promise<void>
  #trouble: HisTrouble | undefined
  #told = false
  #busy = false

  constructor(parts: FolderParts) {
    this.#parts = parts
    this.#inbox = new FolderInbox({
      folder: parts.inbox,
      orgCodg: parts.orgCodg,
      clock: parts.clock,
      take: (message) =>
        message.kind === 'charge' ? this.#takeCharge(message.charge) : this.#takeBack(message.medOrgOrd),
    })
    this.#looking = this.#look()
    this.#stop = (parts.every ?? everyReal)(LOOK_EVERY_MS, () => this.#lookAgain())
  }

  async pendingCharges({ idNo }: { readonly idNo?: string | undefined }): Promise<HisAnswer<readonly HisCharge[]>> {
    const problem = await this.#outage()
    if (problem !== undefined) return err(failure('HIS_UNREACHABLE', problem))
    const wanted = idNo?.trim()
    return ok(this.#parts.memory.folderCharges.pending(wanted).map(({ detailJson }) => readKeptCharge(detailJson)))
  }

  /** Also one whose result was written back: the centre may still ask for it. */
  async charge(medOrgOrd: string): Promise<HisAnswer<HisCharge | undefined>> {
    const problem = await this.#outage()
    if (problem !== undefined) return err(failure('HIS_UNREACHABLE', problem))
    const kept = this.#parts.memory.folderCharges.find(medOrgOrd)
    return ok(kept === undefined || kept.state === 'withdrawn' ? undefined : readKeptCharge(kept.detailJson))
  }

  async writeResult(result: HisResult): Promise<HisAnswer<void>> {
    const written = await writeResultFile(this.#parts.outbox, result)
    if (written.ok) this.#parts.memory.folderCharges.setState(result.medOrgOrd, 'done')
    return written
  }

  async close(): Promise<void> {
    this.#stop()
    await this.#looking
  }

  /** Why nothing can be asked, once the folder has been looked at. */
  async #outage(): Promise<string | undefined> {
    if (!this.#told) await this.#looking
    return this.#trouble?.state === 'down' ? this.#trouble.words : undefined
  }

  #lookAgain(): void {
    if (!this.#busy) this.#looking = this.#look()
  }

  async #look(): Promise<void> {
    this.#busy = true
    try {
      const trouble = await this.#inbox.look()
      if (!this.#told || trouble?.words !== this.#trouble?.words) this.#parts.onTrouble(trouble)
      this.#trouble = trouble
      this.#told = true
    } catch (error) {
      this.#parts.report(error)
    } finally {
      this.#busy = false
    }
  }

  /** The same content again is the same charge. Other content replaces it until money may have moved. */
  #takeCharge({ detail, detailJson }: HisCharge): Taking {
    const { memory, clock } = this.#parts
    const kept = memory.folderCharges.find(detail.medOrgOrd)
    if (kept !== undefined && kept.detailJson === detailJson && kept.state !== 'withdrawn') return { kind: 'taken' }
    const state = memory.orderState(detail.medOrgOrd)
    if (state === 'unknown') return { kind: 'later' }
    // An upload that waits for the patient stays as it is; the desk shows that the fees are others now.
    if (kept !== undefined && !mayUpload(state) && !mayRevoke(state)) {
      return refused('medOrgOrd：这笔费用已支付或需要人工核对，不能再更改')
    }
    const { medOrgOrd, idNo } = detail
    memory.folderCharges.save({ medOrgOrd, idNo, detailJson, state: 'pending', takenAtMs: clock.now() })
    return { kind: 'taken' }
  }

  #takeBack(medOrgOrd: string): Taking {
    const { memory } = this.#parts
    if (memory.folderCharges.find(medOrgOrd) === undefined) return refused('medOrgOrd：没有这笔待缴费')
    const state = memory.orderState(medOrgOrd)
    if (state === 'unknown') return { kind: 'later' }
    if (!mayUpload(state)) return refused('medOrgOrd：这笔费用已上传或已支付，请先在收费台撤销或退款')
    memory.folderCharges.setState(medOrgOrd, 'withdrawn')
    return { kind: 'taken' }
  }
}

function refused(words: string): Taking {
  return { kind: 'refused', words }
}

function everyReal(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}
