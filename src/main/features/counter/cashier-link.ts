import { writeCashierLink } from '#shared/centre/cashier-link.ts'
import type { ParsedInputOf } from '#shared/contract/procedure.ts'
import type { Procedures } from '#shared/contract/table.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { CounterParts } from './counter-parts.ts'

/** Interface 1.2: the page on which the patient pays, for an order or a charge that is known here or to the hospital. */
export async function cashierLink(
  { store, fetchCharge, cashierPage }: CounterParts,
  input: ParsedInputOf<Procedures['counter.cashierLink']>,
): Promise<Result<{ url: string }, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>> {
  const { medOrgOrd } = input
  const known = store.book.find(medOrgOrd) !== undefined || store.charges.find(medOrgOrd) !== undefined
  const charge = known ? ok(undefined) : await fetchCharge(medOrgOrd)
  if (!charge.ok) return charge
  return ok({
    url: writeCashierLink(cashierPage.url, {
      appId: cashierPage.appId,
      medOrgOrd,
      openId: told(input.openId),
      returnUrl: told(input.returnUrl),
      notifyUrl: told(input.notifyUrl) ?? cashierPage.notifyUrl(),
    }),
  })
}

function told(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
