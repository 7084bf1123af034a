import { z } from 'zod'

/** The kinds of value that settings are made of, each with its words. */

/** A path of an interface. */
export const path = (byDefault: string) =>
  z
    .string({ error: '应为文本' })
    .regex(/^\/[\x21-\x7e]*$/, { error: '应以 / 开头，不含空格' })
    .default(byDefault)
export const port = z
  .int({ error: '应为 0 到 65535 的整数' })
  .min(0, { error: '应为 0 到 65535 的整数' })
  .max(65535, { error: '应为 0 到 65535 的整数' })
export const httpUrl = z.url({ protocol: /^https?$/, error: '应为 http 或 https 网址' })
export const text = (longest: number) =>
  z.string({ error: '应为文本' }).max(longest, { error: `最多 ${longest} 个字符` })
export const milliseconds = (least: number, most: number) =>
  z
    .int({ error: `应为 ${least} 到 ${most} 的整数（毫秒）` })
    .min(least, { error: `应为 ${least} 到 ${most} 的整数（毫秒）` })
    .max(most, { error: `应为 ${least} 到 ${most} 的整数（毫秒）` })

/** A host that may be spoken to, with or without its port. */
export const hostName = z
  .string({ error: '应为文本' })
  .max(255, { error: '最多 255 个字符' })
  .regex(/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/i, {
    error: '应为主机名或 IP，可带端口，如 bill.example 或 bill.example:8443',
  })
