import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { COMMON_HEADERS } from '#main/rpc/window-page.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Builds the bare page as the window is built, and serves it on this machine. */
export async function serveReferencePage(folder: string): Promise<{ url: string; close(): void }> {
  const outDir = join(folder, 'reference')
  await build({
    root: join(import.meta.dirname, 'reference'),
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: true },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    if (!/^(index\.html|assets\/[\w.-]+)$/.test(name)) return void response.writeHead(404).end()
    // The same as the window's: what they make the browser do is not the window's work.
    response.writeHead(200, { ...COMMON_HEADERS, 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' })
    response.end(readFileSync(join(outDir, name)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}
