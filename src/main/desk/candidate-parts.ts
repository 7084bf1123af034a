import { readdir } from 'node:fs/promises'
import type { CallbackListener, InboundHandler } from '#main/callback-listener/callback-listener.ts'
import { createCentreClient } from '#main/centre-client/create-centre-client.ts'
import { createVoucherDecoder } from '#main/decoder/create-voucher-decoder.ts'
import type { SettingsTestParts } from '#main/features/settings/settings-test.ts'
import { createHisSource } from '#main/his/create-his-source.ts'
import type { HisAnswer } from '#main/his/his-source.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { DeskBase } from './desk-options.ts'
import { type FarSides, hisMemory } from './far-sides.ts'

/**
 * What a test of settings that are not in force works with: each far side is opened for one question and closed after
 * it. Nothing is saved, nothing of the running desk changes, and no file of a folder is taken in.
 */
export function candidateParts(
  base: DeskBase,
  far: FarSides,
  running: CallbackListener,
  candidate: Settings,
): SettingsTestParts {
  const { options, settings, clock } = base
  const { network, timers, random } = options
  const isSimulated = candidate.environment === 'simulated' && settings.environment === 'simulated'
  const centreUrl = isSimulated ? far.centreUrl : candidate.centre.baseUrl
  return {
    settings: withPathsThatAnswer(candidate, settings),
    clock,
    centreUrl,
    connect: network.connect,
    async probeCentre() {
      const tools = { transport: network.connect(centreUrl), clock, timers, random }
      const client = createCentreClient(candidate.centre, tools)
      const probe = await client.probe()
      client.close()
      return probe
    },
    async testDecoder() {
      const decoder = createVoucherDecoder(candidate)
      const found = await decoder.test()
      decoder.close()
      return found
    },
    async withListener(use) {
      if (isSameAddress(candidate, settings)) return use(running)
      const listener = await network.listen({
        settings: candidate.listener,
        handler: refuseAll,
        clock,
        log: () => undefined,
      })
      const found = await use(listener)
      await listener.close()
      return found
    },
    pendingCount: () => countPending(base, candidate),
    listsAll: candidate.his.source !== 'http',
  }
}

/** While a port is tried out nobody is told anything. */
const refuseAll: InboundHandler = async () => ({ status: 200, body: writeInboundReply(0, '正在测试设置') })

/** The port that the desk itself holds cannot be opened twice. Port 0 is a free one, never the same. */
function isSameAddress({ listener: { host, port } }: Settings, { listener }: Settings): boolean {
  return port !== 0 && host === listener.host && port === listener.port
}

/** Where the running listener answers for the candidate, it answers at its own paths. */
function withPathsThatAnswer(candidate: Settings, settings: Settings): Settings {
  if (!isSameAddress(candidate, settings)) return candidate
  return { ...candidate, listener: { ...candidate.listener, paths: settings.listener.paths } }
}

async function countPending(
  { store, clock, report, options }: DeskBase,
  candidate: Settings,
): Promise<HisAnswer<number>> {
  if (candidate.his.source === 'folder') return countFiles(candidate.his.folder.inbox)
  const source = createHisSource(candidate, {
    clock,
    report,
    connect: options.network.connect,
    memory: hisMemory(store),
    onTrouble: () => undefined,
  })
  const answer = await source.pendingCharges({})
  await source.close()
  return answer.ok ? ok(answer.value.length) : answer
}

/** Looks, and takes nothing: a file that is taken in is gone from the folder. */
async function countFiles(inbox: string): Promise<HisAnswer<number>> {
  try {
    return ok((await readdir(inbox)).filter((name) => name.toLowerCase().endsWith('.json')).length)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return err(failure('HIS_UNREACHABLE', `打不开收件文件夹（${code}），请检查路径和权限`))
  }
}
