import { createHash, randomInt } from 'node:crypto'
import { SIMULATED_PATIENTS } from '#main/his/simulator-patients.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { VoucherDecoder } from './voucher-decoder.ts'

/** 28 digits as an e-voucher's code has: region 990101 (nowhere), whose it is, and digits that change each minute. */
const RAW_CODE = /^990101(\d{4})\d{18}$/

/** Everybody who can show a simulated e-voucher; all invented. */
const HOLDERS = SIMULATED_PATIENTS.map(({ name, idNo }) => ({ userName: name, idNo, insuOrg: '990101' }))

/** The embedded decoding: knows the simulated hospital's patients and nobody else. */
export function createSimulatorDecoder(): VoucherDecoder {
  return {
    async decode(code) {
      const person = HOLDERS[Number(RAW_CODE.exec(code)?.[1] ?? Number.NaN)]
      return person === undefined
        ? err(failure('TOKEN_REJECTED', '模拟解码不认得这个码，请用「模拟扫码」'))
        : ok({ ecToken: tokenOf(code), person })
    },
    test: async () => ({
      state: 'warn',
      words: '正在用内置的模拟解码，凭证都是虚构的',
      details: [{ name: '虚构的持有人', value: `${HOLDERS.length} 人` }],
    }),
    close: () => undefined,
  }
}

/** A code as this person's phone would show it now. @returns undefined for somebody who has no simulated e-voucher. */
export function simulatedVoucherCode(idNo: string): string | undefined {
  const holder = HOLDERS.findIndex((person) => person.idNo === idNo)
  if (holder < 0) return undefined
  const changing = Array.from({ length: 18 }, () => randomInt(10)).join('')
  return `990101${String(holder).padStart(4, '0')}${changing}`
}

/** A token of the published form: region 990101, `ec`, 30 lower-case letters and digits; the same for the same code. */
function tokenOf(code: string): string {
  return `990101ec${createHash('sha256').update(code).digest('hex').slice(0, 30)}`
}
