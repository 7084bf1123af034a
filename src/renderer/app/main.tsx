import './zod-jitless.ts'
import './app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppStore } from '../lib/app-store.ts'
import { pageTransport } from '../lib/page-transport.ts'
import { createRpcClient } from '../lib/rpc-client.ts'
import { App } from './app.tsx'

const client = createRpcClient(pageTransport('cashier.token'))
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App client={client} app={createAppStore(client)} />
  </StrictMode>,
)
