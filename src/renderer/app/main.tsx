import './zod-jitless.ts'
import './app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Bridge } from '#shared/contract/bridge.ts'
import { createAppStore } from '../lib/app-store.ts'
import { bridgeTransport } from '../lib/bridge-transport.ts'
import { httpTransport } from '../lib/http-transport.ts'
import { launchToken } from '../lib/launch-token.ts'
import { createRpcClient } from '../lib/rpc-client.ts'
import { App } from './app.tsx'

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a browser. */
    readonly cashier?: Bridge
  }
}

const transport = window.cashier
  ? bridgeTransport(window.cashier)
  : httpTransport({ baseUrl: '', token: launchToken() })
const client = createRpcClient(transport)
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App client={client} app={createAppStore(client)} />
  </StrictMode>,
)
