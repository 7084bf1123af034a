import { startCentre } from './centre-server.ts'
import { readArguments } from './cli-arguments.ts'
import { onStopSignal } from './stop-signal.ts'

/** `npm run simulator`: the simulated payment centre alone, for a desk that runs elsewhere on this machine. */
async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2))
  if (!options.ok) return giveUp(options.error, 2)
  try {
    const centre = await startCentre(options.value)
    onStopSignal(() => void centre.close())
    console.log(JSON.stringify({ ready: true, url: centre.baseUrl }))
  } catch (error) {
    giveUp(listenProblem(error, options.value.port), 1)
  }
}

function giveUp(words: string, exitCode: number): void {
  console.error(words)
  process.exitCode = exitCode
}

function listenProblem(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用，请用 --port 换一个，或 --port 0 自动选择`
  if (code === 'EACCES') return `没有权限使用端口 ${port}，请用 --port 换一个`
  throw error
}

await main()
