import { describe, expect, test } from 'vitest'
import { readInput } from './problems.ts'
import { settingsSchema } from './settings.ts'

const simulated = { environment: 'simulated' } as const
const site = {
  environment: 'production',
  centre: { baseUrl: 'https://centre.example', appId: 'A', orgCodg: 'H1' },
  his: { source: 'http', http: { baseUrl: 'http://his.example' } },
} as const

const serviceAt = (baseUrl: string) => ({ decoder: 'http', http: { baseUrl } }) as const

describe('settings', () => {
  test('need nothing but the environment', () => {
    expect(settingsSchema.parse(simulated)).toMatchObject({
      centre: { queryTimeoutMs: 10_000, writeTimeoutMs: 30_000, paths: { uploadFees: '/pmc/fee/upload' } },
      listener: { host: '127.0.0.1', port: 9200, allowedCallers: ['127.0.0.1'] },
      his: { source: 'simulator' },
      scanner: { decoder: 'passthrough', suffix: 'Enter' },
      appearance: { theme: 'system', scale: 100 },
    })
    expect(settingsSchema.parse(site)).toMatchObject(site)
  })

  test('may name codes of this site, above the shipped names', () => {
    const dictionaries = { medType: { '9901': '互联网门诊' }, insutype: {} }
    expect(settingsSchema.parse({ ...simulated, dictionaries }).dictionaries).toEqual(dictionaries)
    expect(settingsSchema.parse(simulated).dictionaries).toEqual({})
  })

  test('let a decoding service be on this machine, and elsewhere only where its host is named', () => {
    for (const baseUrl of ['http://127.0.0.1:7001', 'http://localhost/x', 'http://[::1]:7001']) {
      expect(readInput(settingsSchema, { ...simulated, scanner: serviceAt(baseUrl) })).toMatchObject({ ok: true })
    }
    const elsewhere = serviceAt('http://10.0.0.8:8080')
    const named = { ...elsewhere, http: { ...elsewhere.http, allowedHosts: ['10.0.0.8:8080'] } }
    expect(readInput(settingsSchema, { ...simulated, scanner: named })).toMatchObject({ ok: true })
  })

  test('saved and read again are the same', () => {
    const settings = settingsSchema.parse(site)
    expect(settingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })

  test.each<[object, string]>([
    [{}, 'environment'],
    [{ environment: 'live' }, 'environment'],
    [{ ...simulated, centre: { baseUrl: 'ftp://centre.example' } }, 'centre.baseUrl'],
    [{ ...simulated, centre: { paths: { refund: 'pmc' } } }, 'centre.paths.refund'],
    [{ ...simulated, centre: { writeTimeoutMs: 5 } }, 'centre.writeTimeoutMs'],
    [{ ...simulated, centre: { basUrl: 'https://centre.example' } }, 'centre.basUrl'],
    [{ ...simulated, listener: { port: 65_536 } }, 'listener.port'],
    [{ ...simulated, listener: { port: '9200' } }, 'listener.port'],
    [{ ...simulated, listener: { allowedCallers: ['10.0.0.1', 'host.example'] } }, 'listener.allowedCallers[1]'],
    [{ ...simulated, his: { source: 'folder' } }, 'his.folder.inbox'],
    [{ ...simulated, his: { source: 'http' } }, 'his.http.baseUrl'],
    [{ ...simulated, bills: { allowedHosts: ['bill.example', 'https://bill.example'] } }, 'bills.allowedHosts[1]'],
    [{ ...simulated, bills: { allowHttp: 'yes' } }, 'bills.allowHttp'],
    [{ ...simulated, bills: { columns: { betrag: ['x'] } } }, 'bills.columns.betrag'],
    [{ ...simulated, appearance: { scale: 110 } }, 'appearance.scale'],
    [{ ...simulated, dictionaries: { medTypes: {} } }, 'dictionaries.medTypes'],
    [{ ...simulated, dictionaries: { medType: { 11: 7 } } }, 'dictionaries.medType.11'],
    [{ ...simulated, dictionaries: { medType: { 11: '字'.repeat(65) } } }, 'dictionaries.medType.11'],
    [{ ...site, his: { source: 'simulator' } }, 'his.source'],
    [{ ...simulated, scanner: { decoder: 'http' } }, 'scanner.http.baseUrl'],
    [{ ...simulated, scanner: serviceAt('http://10.0.0.8:8080') }, 'scanner.http.baseUrl'],
    [{ ...simulated, scanner: serviceAt('http://127.0.0.1@decode.example') }, 'scanner.http.baseUrl'],
    [{ ...simulated, scanner: serviceAt('http://127.0.0.1.decode.example') }, 'scanner.http.baseUrl'],
    [{ ...simulated, scanner: { http: { request: '{"code": "x"}' } } }, 'scanner.http.request'],
    [{ ...simulated, scanner: { http: { reply: { ecToken: '' } } } }, 'scanner.http.reply.ecToken'],
    [{ ...simulated, scanner: { http: { reply: { idNo: 'data..idNo' } } } }, 'scanner.http.reply.idNo'],
    [{ ...simulated, scanner: { usbDevices: ['0c2e'] } }, 'scanner.usbDevices[0]'],
    [{ ...simulated, scanner: { tokenLifeSeconds: 5 } }, 'scanner.tokenLifeSeconds'],
    [{ ...site, scanner: { decoder: 'simulator' } }, 'scanner.decoder'],
    [{ ...site, centre: { ...site.centre, appId: '' } }, 'centre.appId'],
  ])('%j names the field that is wrong', (input, path) => {
    const read = readInput(settingsSchema, input)
    expect(read).toMatchObject({ ok: false, problems: [{ path, expected: expect.stringMatching(/[\u4e00-\u9fff]/) }] })
  })

  test('every mistake is named, not only the first', () => {
    const read = readInput(settingsSchema, { ...simulated, listener: { port: -1 }, appearance: { theme: 'pink' } })
    expect(read.ok || read.problems.map((problem) => problem.path)).toEqual(['listener.port', 'appearance.theme'])
  })
})
