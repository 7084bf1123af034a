import type { HisAnswer, HisCharge, HisSource } from '#main/his/his-source.ts'
import type { ChargeRecord } from '#main/store/charges.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import type { Charge, ChargeSummary } from '#shared/contract/charges.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type Clock, dayOf, startOfDayMs } from '#shared/domain/time.ts'
import { detailOf, presentCharge, summariseCharge } from './charge-view.ts'

export interface ChargeDeskParts {
  readonly his: HisSource
  readonly store: Store
  readonly clock: Clock
  /** Told after each question to the hospital's system: undefined when it answered, words when it did not. */
  readonly onHisAnswer: (problem: string | undefined) => void
}

export interface ChargeFilter {
  readonly idNo?: string | undefined
  readonly medOrgOrd?: string | undefined
  readonly text?: string | undefined
}

/** Pending charges: asked of the hospital's system each time, remembered so that they open without it. */
export class ChargeDesk {
  readonly #parts: ChargeDeskParts

  constructor(parts: ChargeDeskParts) {
    this.#parts = parts
  }

  /** The charge as the hospital's system has it now. Only this may be uploaded. */
  async fetch(medOrgOrd: string): Promise<Result<HisCharge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>> {
    const answer = this.#note(await this.#parts.his.charge(medOrgOrd))
    if (!answer.ok) return answer
    if (answer.value === undefined) return err(failure('CHARGE_NOT_FOUND'))
    this.#remember([answer.value])
    return ok(answer.value)
  }

  /** What was remembered of a charge; undefined when it was never seen. */
  remembered(medOrgOrd: string): ChargeRecord | undefined {
    return this.#parts.store.charges.find(medOrgOrd)
  }

  async get(medOrgOrd: string): Promise<Result<Charge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>> {
    const fetched = await this.fetch(medOrgOrd)
    const record = this.remembered(medOrgOrd)
    if (
      record === undefined ||
      (!fetched.ok && fetched.error.code === 'CHARGE_NOT_FOUND' && !this.#hasOrder(medOrgOrd))
    ) {
      return fetched.ok ? err(failure('CHARGE_NOT_FOUND')) : fetched
    }
    return ok({
      ...presentCharge(detailOf(record), this.#stateOf(medOrgOrd), record.fetchedAtMs),
      feeChanged: this.#feeChanged(medOrgOrd),
    })
  }

  /** @returns today's charges from the store with `live: false` when the hospital's system cannot be asked. */
  async search(filter: ChargeFilter): Promise<{ charges: ChargeSummary[]; live: boolean; asOfMs: number | null }> {
    const answer = await this.#ask(filter)
    if (answer.ok) this.#remember(answer.value)
    const details =
      answer.ok && !this.#isRemembered(filter)
        ? answer.value.map((charge) => ({ detail: charge.detail, fetchedAtMs: this.#parts.clock.now() }))
        : this.#rememberedToday(filter).map((record) => ({ detail: detailOf(record), fetchedAtMs: record.fetchedAtMs }))
    const charges = details
      .map(({ detail }) => ({ detail, summary: summariseCharge(detail, this.#stateOf(detail.medOrgOrd)) }))
      .filter(({ detail, summary }) => matches(summary, detail.idNo, filter.text ?? ''))
      .map(({ summary }) => summary)
    const oldest = details.reduce<number | null>(
      (least, { fetchedAtMs }) => Math.min(least ?? fetchedAtMs, fetchedAtMs),
      null,
    )
    const asked = answer.ok && !this.#isRemembered(filter)
    return { charges, live: answer.ok, asOfMs: asked ? this.#parts.clock.now() : oldest }
  }

  /** Where the hospital's system lists by resident id only, a search without one answers what was seen today. */
  #isRemembered({ idNo = '', medOrgOrd = '' }: ChargeFilter): boolean {
    return !this.#parts.his.listsAll && idNo === '' && medOrgOrd === ''
  }

  async #ask({ idNo, medOrgOrd }: ChargeFilter): Promise<HisAnswer<readonly HisCharge[]>> {
    const { his } = this.#parts
    if (medOrgOrd === undefined || medOrgOrd === '') {
      return this.#note(await his.pendingCharges({ idNo: idNo === '' ? undefined : idNo }))
    }
    const answer = this.#note(await his.charge(medOrgOrd))
    return answer.ok ? ok(answer.value === undefined ? [] : [answer.value]) : answer
  }

  #note<T>(answer: HisAnswer<T>): HisAnswer<T> {
    this.#parts.onHisAnswer(answer.ok ? undefined : answer.error.message)
    return answer
  }

  /** Writes only what is new or older than a minute: a search must not cost a commit for each look. */
  #remember(charges: readonly HisCharge[]): void {
    const { store, clock } = this.#parts
    const nowMs = clock.now()
    const stale = charges.filter(({ detail, detailJson }) => {
      const known = store.charges.find(detail.medOrgOrd)
      return known === undefined || known.detailJson !== detailJson || nowMs - known.fetchedAtMs > 60_000
    })
    if (stale.length === 0) return
    const before = new Set(stale.map(({ detail }) => detail.medOrgOrd).filter((number) => this.#feeChanged(number)))
    store.transaction(() => {
      for (const { detail, detailJson } of stale) {
        store.charges.save({ medOrgOrd: detail.medOrgOrd, idNo: detail.idNo, detailJson, fetchedAtMs: nowMs })
      }
    })
    for (const { detail } of stale) this.#noteChange(detail.medOrgOrd, before.has(detail.medOrgOrd))
  }

  /** Said once, when it begins or ends, so that the windows hear of it. */
  #noteChange(medOrgOrd: string, wasChanged: boolean): void {
    const isChanged = this.#feeChanged(medOrgOrd)
    if (isChanged === wasChanged) return
    const entries: NewTimelineEntry[] = isChanged ? [{ kind: 'feeChanged', actor: 'desk' }] : []
    this.#parts.store.book.change(medOrgOrd, (record) => ({ record, entries }))
  }

  #feeChanged(medOrgOrd: string): boolean {
    const { book } = this.#parts.store
    const record = book.find(medOrgOrd)
    return record !== undefined && book.feeChanged(record)
  }

  #rememberedToday({ idNo, medOrgOrd }: ChargeFilter): readonly ChargeRecord[] {
    const { store, clock } = this.#parts
    if (medOrgOrd !== undefined && medOrgOrd !== '') {
      const record = store.charges.find(medOrgOrd)
      return record === undefined ? [] : [record]
    }
    return store.charges.seenSince(startOfDayMs(dayOf(clock.now())), idNo === '' ? undefined : idNo)
  }

  #stateOf(medOrgOrd: string) {
    return this.#parts.store.book.find(medOrgOrd)?.state ?? 'created'
  }

  #hasOrder(medOrgOrd: string): boolean {
    return this.#parts.store.book.find(medOrgOrd) !== undefined
  }
}

function matches(charge: ChargeSummary, idNo: string, text: string): boolean {
  if (text === '') return true
  const wanted = text.toLowerCase()
  const fields = [charge.medOrgOrd, charge.patientName, charge.deptName, charge.drName]
  return fields.some((field) => field.toLowerCase().includes(wanted)) || idNo.toLowerCase().endsWith(wanted)
}
